extension SourceError: CustomStringConvertible {
  /// One line: where, what is wrong, what to do about it.
  package var description: String {
    switch self {
    case .noName: "a source is expected: \(Self.kinds)"
    case .noSuchFile(let path):
      "\(Self.line(path)): no such file; check the spelling and the directory"
    case .isDirectory(let path):
      "\(Self.line(path)): a directory, not a log file; name a file in it"
    case .unreadableFile(let path, let failure):
      "\(Self.line(path)): cannot be read: \(failure); look at: ls -l \(Self.quoted(path))"
    case .cannotRewind(let path):
      "\(Self.line(path)): cannot be read twice, so not in a loop; save it to a file first"
    case .noSuchSource(let word, let others):
      "\(Self.line(word)): neither a file nor a network interface; \(Self.advice(others))"
    case .noSuchInterface(let name, let others):
      "\(Self.line(name)): no such network interface; \(Self.advice(others))"
    case .notCAN(let name, let others):
      "\(Self.line(name)): not a CAN interface; \(Self.advice(others))"
    case .interfaceDown(let name):
      "\(Self.line(name)): the interface is down; bring it up with: \(Self.bringUp(name))"
    case .kernelWithoutCAN(let name):
      "\(Self.line(name)): this kernel has no CAN; load it with: sudo modprobe -a can can_raw"
    case .notPermitted(let name, let failure):
      "\(Self.line(name)): no permission: \(failure); allow AF_CAN sockets in this sandbox"
    case .failed(let name, let failure):
      "\(Self.line(name)): \(failure); see what the kernel says with: sudo dmesg"
    case .syntax(let word, let fault): "\(Self.line(word)): \(Self.line(fault.description))"
    case .noSuchDevice, .notASerialPort, .deviceBusy, .deviceNotPermitted, .deviceGone, .adapter,
      .unreachable:
      adapterText
    case .simulation(let words): Self.line(words)
    case .sameSourceTwice(let word): "\(Self.line(word)): named twice; name each source once"
    case .logAmongBuses(let word):
      "\(Self.line(word)): a log cannot be read together with a bus; decode it by itself"
    case .unknownScheme(let word):
      "\(Self.line(word)): not a kind of source that is known; use \(Self.kinds)"
    }
  }

  private static let kinds =
    "a CAN interface (can0), an adapter (slcan:/dev/ttyACM0), a server (socketcand://host/can0), "
    + "a log file (house.log) or - for standard input"

  /// The CAN interfaces that could be meant, or how to get one.
  private static func advice(_ interfaces: [String]) -> String {
    guard interfaces.isEmpty else {
      return "CAN interfaces here: \(interfaces.map(line).joined(separator: ", "))"
    }
    return "there is no CAN interface here; attach an adapter, then: \(bringUp("can0"))"
  }

  /// The command that brings an interface up without it ever disturbing the bus.
  ///
  /// A virtual interface has neither bit rate nor silence to set.
  private static func bringUp(_ name: String) -> String {
    let up = "sudo ip link set \(quoted(name)) up"
    return name.hasPrefix("vcan") || name.hasPrefix("vxcan")
      ? up : up + " type can bitrate 250000 listen-only on"
  }

  /// A name that cannot break the line or command the terminal.
  static func line(_ name: String) -> String {
    var shown = ""
    for scalar in name.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control
      shown.unicodeScalars.append(isControl ? "?" : scalar)
    }
    return shown
  }

  /// A name as a shell takes it: in quotes if it holds anything that means something to a shell.
  static func quoted(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
        true
      default: false
      }
    }
    let shown = line(name).split(separator: "'", omittingEmptySubsequences: false)
    return isPlain ? name : "'\(shown.joined(separator: #"'\''"#))'"
  }
}
