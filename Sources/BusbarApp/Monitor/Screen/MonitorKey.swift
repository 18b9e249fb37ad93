/// What a user can press.
package enum MonitorKey: Hashable, Sendable {
  case character(Character)
  case enter
  case escape
  case backspace
  case up
  case down
  case pageUp
  case pageDown
  case home
  case end
  /// Ctrl-L: draw everything anew.
  case redraw
}

/// Turns what a terminal sends into keys.
package struct KeyReader: Sendable {
  /// An escape sequence that has begun: `ESC`, or `ESC [` and what followed.
  private var sequence: [UInt8] = []

  package init() {}

  /// Takes bytes as they come; a sequence may be cut anywhere.
  package mutating func read(_ bytes: some Sequence<UInt8>) -> [MonitorKey] {
    var keys: [MonitorKey] = []
    for byte in bytes {
      if sequence.isEmpty {
        if let key = key(of: byte) { keys.append(key) }
      } else {
        take(byte, &keys)
      }
    }
    return keys
  }

  /// Call when nothing followed for a moment: an `ESC` that stands alone is the Escape key.
  package mutating func pause() -> MonitorKey? {
    defer { sequence = [] }
    return sequence == [0x1B] ? .escape : nil
  }

  private mutating func key(of byte: UInt8) -> MonitorKey? {
    switch byte {
    case 0x1B:
      sequence = [byte]
      return nil
    case 0x0A, 0x0D: return .enter
    case 0x08, 0x7F: return .backspace
    case 0x0C: return .redraw
    case 0x20..<0x7F: return .character(Character(Unicode.Scalar(byte)))
    default: return nil
    }
  }

  private mutating func take(_ byte: UInt8, _ keys: inout [MonitorKey]) {
    if sequence.count == 1 {
      guard byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") else {
        // Escape, and then another key.
        keys.append(.escape)
        sequence = []
        if let key = key(of: byte) { keys.append(key) }
        return
      }
      sequence.append(byte)
      return
    }
    sequence.append(byte)
    // Parameters go on; a letter or a tilde ends the sequence. None that is known is longer.
    guard (0x40...0x7E).contains(byte) || sequence.count > 16 else { return }
    if let key = Self.named[String(decoding: sequence.dropFirst(2), as: UTF8.self)] {
      keys.append(key)
    }
    sequence = []
  }

  private static let named: [String: MonitorKey] = [
    "A": .up, "B": .down, "H": .home, "F": .end, "1~": .home, "4~": .end, "5~": .pageUp,
    "6~": .pageDown, "7~": .home, "8~": .end,
  ]
}
