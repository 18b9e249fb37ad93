/// Turns a log in UTF-16, as PowerShell's `>` writes it, into UTF-8, piece by piece.
struct UTF16Text: Sendable {
  private let byteOrder: ByteOrder
  /// The first byte of a unit whose second one has not come yet.
  private var half: UInt8?
  /// The first half of a character that has two units.
  private var high: UInt16?

  /// How many bytes tell whether a log is in UTF-16.
  static let markLength = 4

  /// - Parameter start: A log's first bytes; `nil` if they are not the mark of UTF-16 and a character
  ///   of ASCII, as every log has one first.
  init?(_ start: Span<UInt8>) {
    guard start.count >= Self.markLength else { return nil }
    switch (start[0], start[1], start[2], start[3]) {
    case (0xFF, 0xFE, 1..<0x80, 0): byteOrder = .littleEndian
    case (0xFE, 0xFF, 0, 1..<0x80): byteOrder = .bigEndian
    default: return nil
    }
  }

  /// Appends what a piece says in UTF-8; what is no character becomes U+FFFD, the mark is left out.
  mutating func convert(_ piece: Span<UInt8>, to text: inout [UInt8]) {
    for index in piece.indices {
      guard let first = half else {
        half = piece[index]
        continue
      }
      half = nil
      let (low, top) = byteOrder == .littleEndian ? (first, piece[index]) : (piece[index], first)
      take(UInt16(top) << 8 | UInt16(low), &text)
    }
  }

  private mutating func take(_ unit: UInt16, _ text: inout [UInt8]) {
    let first = high
    high = nil
    switch unit {
    case 0xFEFF: break
    case 0..<0x80 where first == nil: text.append(UInt8(unit))
    case 0xD800..<0xDC00:
      if first != nil { append("\u{FFFD}", &text) }
      high = unit
    case 0xDC00..<0xE000:
      let scalar = first.flatMap {
        Unicode.Scalar(0x10000 + UInt32($0 - 0xD800) << 10 + UInt32(unit - 0xDC00))
      }
      append(scalar ?? "\u{FFFD}", &text)
    default:
      if first != nil { append("\u{FFFD}", &text) }
      append(Unicode.Scalar(unit) ?? "\u{FFFD}", &text)
    }
  }

  private func append(_ scalar: Unicode.Scalar, _ text: inout [UInt8]) {
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
