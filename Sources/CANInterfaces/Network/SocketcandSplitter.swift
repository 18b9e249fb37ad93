/// Cuts a socketcand server's stream into elements, in bounded memory.
///
///     < hi >< ok >< frame 351 1735270496.916858 1F01BC02E803E700 >
struct SocketcandSplitter: Hashable, Sendable {
  enum Piece: Hashable, Sendable {
    /// The words between `<` and `>`.
    case element([Substring])
    /// Bytes outside of any element, or an element that is too long for one.
    case garbage([UInt8])
  }

  /// A CAN FD frame has 165.
  private static let longestElement = 512

  private var partial: [UInt8] = []
  private var isInside = false
  private var isSkipping = false

  /// Takes one byte; returns what it completes.
  mutating func take(_ byte: UInt8) -> Piece? {
    switch byte {
    case UInt8(ascii: "<"):
      defer { partial.removeAll(keepingCapacity: true) }
      let lost = partial
      let wasSkipping = isSkipping
      isInside = true
      isSkipping = false
      return lost.isEmpty || wasSkipping ? nil : .garbage(lost)
    case UInt8(ascii: ">") where isInside:
      defer { partial.removeAll(keepingCapacity: true) }
      isInside = false
      return .element(String(decoding: partial, as: UTF8.self).split(separator: " "))
    case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0:
      if isInside { partial.append(UInt8(ascii: " ")) }
    default:
      if !isSkipping { partial.append(byte) }
    }
    guard partial.count > Self.longestElement else { return nil }
    defer { partial.removeAll(keepingCapacity: true) }
    isInside = false
    isSkipping = true
    return .garbage(partial)
  }
}
