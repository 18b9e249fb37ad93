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
        "a source is expected: a CAN interface (can0), a log file (house.log) or - for standard input"
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
        .notSupportedYet("sim:rec-q", .simulator),
        """
        sim:rec-q: not supported yet: the simulator; \
        use a CAN interface (can0), a log file (house.log) or - for standard input
        """
      ),
      (
        .unknownScheme("mqtt://host"),
        """
        mqtt://host: not a kind of source that is known; \
        use a CAN interface (can0), a log file (house.log) or - for standard input
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
      (.notSupportedYet("sim:", .simulator), true), (.unknownScheme("a://"), true),
      (.unreadableFile("a", denied), false), (.interfaceDown("a"), false),
      (.kernelWithoutCAN("a"), false), (.notPermitted("a", refused), false),
      (.failed("a", broken), false),
    ] as [(SourceError, Bool)])
  func tellsApart(error: SourceError, isUsage: Bool) {
    #expect(error.isUsage == isUsage)
  }
}
