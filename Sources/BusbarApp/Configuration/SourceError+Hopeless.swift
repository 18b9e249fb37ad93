import CANInterfaces

extension SourceError {
  /// Whether waiting cannot help: nothing that happens to the machine makes the name right.
  ///
  /// An interface may come up, be plugged in, or appear when its driver is loaded.
  var isHopeless: Bool {
    switch self {
    case .noName, .noSuchFile, .isDirectory, .cannotRewind, .notCAN, .syntax, .notASerialPort,
      .sameSourceTwice, .logAmongBuses, .unknownScheme:
      true
    case .noSuchSource(let name, _): !Self.canBeInterface(name)
    default: false
    }
  }

  /// Whether the kernel allows an interface of that name: at most 15 bytes, no blank, no slash.
  private static func canBeInterface(_ name: String) -> Bool {
    (1...15).contains(name.utf8.count) && name != "." && name != ".."
      && name.unicodeScalars.allSatisfy {
        !$0.properties.isWhitespace && $0 != "/" && $0 != ":"
      }
  }
}
