import CANInterfaces
import Glibc
import Testing

@Suite("An error of a source")
struct SourceErrorTests {
  static let denied = CallFailure(call: "open", code: EACCES)
  static let refused = CallFailure(call: "socket", code: EPERM)
  static let broken = CallFailure(call: "read", code: EIO)

  @Test(
    "says where, what and what to do, in one line",
    arguments: [
      (
        .noName,
        """
        a source is expected: a CAN interface (can0), an adapter (slcan:/dev/ttyACM0), \
        a server (socketcand://host/can0), a log file (house.log) or - for standard input
        """
      ),
      (.noSuchFile("house.log"), "house.log: no such file; check the spelling and the directory"),
      (.isDirectory("logs"), "logs: a directory, not a log file; name a file in it"),
      (
        .unreadableFile("my logs/a.log", denied),
        """
        my logs/a.log: cannot be read: open: Permission denied (errno 13); \
        look at: ls -l 'my logs/a.log'
        """
      ),
      (
        .cannotRewind("-"),
        "-: cannot be read twice, so not in a loop; save it to a file first"
      ),
      (
        .noSuchSource("cna0", canInterfaces: ["can0", "vcan1"]),
        "cna0: neither a file nor a network interface; CAN interfaces here: can0, vcan1"
      ),
      (
        .noSuchSource("cna0", canInterfaces: []),
        """
        cna0: neither a file nor a network interface; there is no CAN interface here; attach an \
        adapter, then: sudo ip link set can0 up type can bitrate 250000 listen-only on
        """
      ),
      (
        .noSuchInterface("can1", canInterfaces: ["can0"]),
        "can1: no such network interface; CAN interfaces here: can0"
      ),
      (
        .notCAN("eth0", canInterfaces: ["can0"]),
        "eth0: not a CAN interface; CAN interfaces here: can0"
      ),
      (
        .interfaceDown("can1"),
        """
        can1: the interface is down; bring it up with: \
        sudo ip link set can1 up type can bitrate 250000 listen-only on
        """
      ),
      (
        .interfaceDown("vcan0"),
        "vcan0: the interface is down; bring it up with: sudo ip link set vcan0 up"
      ),
      (
        .kernelWithoutCAN("can0"),
        "can0: this kernel has no CAN; load it with: sudo modprobe -a can can_raw"
      ),
      (
        .notPermitted("can0", refused),
        """
        can0: no permission: socket: Operation not permitted (errno 1); \
        allow AF_CAN sockets in this sandbox
        """
      ),
      (
        .failed("house.log", broken),
        """
        house.log: read: Input/output error (errno 5); \
        see what the kernel says with: sudo dmesg
        """
      ),
      (
        .syntax("slcan:/dev/ttyACM0?bitrat=1", .unknownKey("bitrat", known: ["bitrate", "baud"])),
        "slcan:/dev/ttyACM0?bitrat=1: no setting 'bitrat' is known; did you mean 'bitrate='?"
      ),
      (
        .noSuchDevice("/dev/ttyACM0", present: []),
        "/dev/ttyACM0: no such device; there is no serial adapter here"
      ),
      (
        .noSuchDevice("/dev/ttyACM0", present: ["/dev/ttyUSB0", "/dev/ttyUSB1"]),
        "/dev/ttyACM0: no such device; adapters here: /dev/ttyUSB0, /dev/ttyUSB1"
      ),
      (
        .notASerialPort("/dev/null"),
        "/dev/null: not a serial port; name one such as /dev/ttyACM0"
      ),
      (
        .deviceBusy("/dev/ttyACM0"),
        "/dev/ttyACM0: another program has it; see which with: sudo fuser -v /dev/ttyACM0"
      ),
      (
        .deviceNotPermitted("/dev/ttyACM0", denied),
        """
        /dev/ttyACM0: no permission: open: Permission denied (errno 13); \
        join its group with: sudo usermod -aG dialout "$USER"
        """
      ),
      (.deviceGone("/dev/ttyACM0"), "/dev/ttyACM0: the device is gone"),
      (
        .adapter("slcan:/dev/ttyACM0", .silent),
        "slcan:/dev/ttyACM0: nothing answers; check the device, its firmware and baud="
      ),
      (
        .adapter("slcan:/dev/ttyACM0", .refusesListenOnly(version: "V1013")),
        """
        slcan:/dev/ttyACM0: the adapter (V1013) refuses to only listen, \
        and is not opened: it would acknowledge frames on the bus
        """
      ),
      (
        .adapter("slcan:/dev/ttyACM0", .unconfirmedListenOnly(version: nil)),
        """
        slcan:/dev/ttyACM0: the adapter does not confirm that it only listens, \
        and is not used; if it has CANable's firmware, add firmware=canable
        """
      ),
      (
        .adapter("socketcand://pi/can9", .refused("could not open bus")),
        "socketcand://pi/can9: refused: 'could not open bus'"
      ),
      (
        .unreachable("gvret://pi:23", NetworkAddress(host: "pi", port: 23), "no answer in time"),
        "gvret://pi:23: cannot reach pi:23: no answer in time"
      ),
      (.simulation("sim:cells=x: no number"), "sim:cells=x: no number"),
      (.sameSourceTwice("can0"), "can0: named twice; name each source once"),
      (
        .logAmongBuses("house.log"),
        "house.log: a log cannot be read together with a bus; decode it by itself"
      ),
      (
        .unknownScheme("mqtt://host"),
        """
        mqtt://host: not a kind of source that is known; \
        use a CAN interface (can0), an adapter (slcan:/dev/ttyACM0), \
        a server (socketcand://host/can0), a log file (house.log) or - for standard input
        """
      ),
    ] as [(SourceError, String)])
  func says(error: SourceError, text: String) {
    #expect("\(error)" == text)
  }

  @Test("cannot break its line, whatever the user wrote")
  func staysOneLine() {
    let text = "\(SourceError.noSuchFile("a\nb\u{1B}[31m.log"))"
    #expect(text == "a?b?[31m.log: no such file; check the spelling and the directory")
    let quoted = "\(SourceError.unreadableFile("o'clock\n", Self.denied))"
    #expect(quoted.hasSuffix(#"ls -l 'o'\''clock?'"#))
  }

  @Test(
    "tells a wrong word from a failing machine",
    arguments: [
      (.noName, true), (.noSuchFile("a"), true), (.isDirectory("a"), true),
      (.cannotRewind("-"), true), (.noSuchSource("a", canInterfaces: []), true),
      (.noSuchInterface("a", canInterfaces: []), true), (.notCAN("a", canInterfaces: []), true),
      (.syntax("slcan:", .noDevice), true), (.unknownScheme("a://"), true),
      (.noSuchDevice("a", present: []), true), (.notASerialPort("a"), true),
      (.deviceBusy("a"), false), (.adapter("a", .silent), false),
      (.unreadableFile("a", denied), false), (.interfaceDown("a"), false),
      (.kernelWithoutCAN("a"), false), (.notPermitted("a", refused), false),
      (.failed("a", broken), false),
    ] as [(SourceError, Bool)])
  func tellsApart(error: SourceError, isUsage: Bool) {
    #expect(error.isUsage == isUsage)
  }
}
