/// Cuts what a LAWICEL adapter sends into answers and lines, in bounded memory.
///
/// CR ends a line; an empty line is the answer "yes", and BEL the answer "no". Some firmware ends a
/// line with LF, or with both. What is longer than any line can be is one piece of garbage.
struct LawicelSplitter: Hashable, Sendable {
  enum Piece: Hashable, Sendable {
    case yes
    case no
    case line([UInt8])
    /// The beginning of what cannot be a line.
    case garbage([UInt8])
  }

  /// A CAN FD frame of 64 bytes with an extended identifier and a long time stamp has 146.
  private static let longestLine = 160

  private var partial: [UInt8] = []
  private var isSkipping = false

  /// Takes one byte; returns what it completes.
  mutating func take(_ byte: UInt8) -> Piece? {
    switch byte {
    case UInt8(ascii: "\r"):
      if isSkipping || partial.isEmpty {
        let isAnswer = !isSkipping
        isSkipping = false
        return isAnswer ? .yes : nil
      }
      return end()
    case UInt8(ascii: "\n"):
      isSkipping = false
      return partial.isEmpty ? nil : end()
    case 0x07:
      // No frame has a BEL in it, so what stood before it lost its end.
      defer { partial.removeAll(keepingCapacity: true) }
      isSkipping = false
      return partial.isEmpty ? .no : .garbage(partial)
    default:
      guard !isSkipping else { return nil }
      partial.append(byte)
      guard partial.count > Self.longestLine else { return nil }
      defer { partial.removeAll(keepingCapacity: true) }
      isSkipping = true
      return .garbage(partial)
    }
  }

  private mutating func end() -> Piece {
    defer { partial.removeAll(keepingCapacity: true) }
    return .line(partial)
  }
}
