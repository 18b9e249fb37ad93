import CANFrames
import DBC

/// Texts in signals.
enum SignalText {
  /// The ASCII text in a field, without its padding; `nil` if a byte is no printable character.
  ///
  /// A frame that ends inside the field has a shorter text.
  static func text(_ field: BitField, of frame: CANFrame) -> String? {
    let first = firstByte(of: field)
    let count = min(Int(field.byteCount), Int(frame.length)) - first
    return text(frame.payload >> UInt64(8 * first), count: count)
  }

  /// The text in the low bytes of a word.
  private static func text(_ word: UInt64, count: Int) -> String? {
    var bytes: [8 of UInt8] = .init(repeating: 0)
    var end = 0
    for index in 0..<count {
      bytes[index] = UInt8(truncatingIfNeeded: word >> UInt64(8 * index))
      let isPadding = bytes[index] == 0 || bytes[index] == 0x20 || bytes[index] == 0xFF
      if !isPadding { end = index + 1 }
    }
    for index in 0..<end where !(0x20..<0x7F).contains(bytes[index]) { return nil }
    // ASCII is UTF-8, and up to 15 bytes of it are kept without an allocation.
    guard let text = try? UTF8Span(validating: bytes.span.extracting(0..<end)) else { return nil }
    return String(copying: text)
  }

  /// The index of the payload byte that a text begins with.
  static func firstByte(of field: BitField) -> Int { Int(field.byteCount) - field.width / 8 }

  /// The text that raw bits stand for, in any encoding but a number.
  static func text(_ raw: Int64, encoding: SignalMeaning.Encoding, width: Int) -> String {
    switch encoding {
    case .version: version(raw)
    case .hex: hex(UInt64(bitPattern: raw), width)
    case .number, .text: text(UInt64(bitPattern: raw), count: width / 8) ?? ""
    }
  }

  /// `major.minor`, of two bytes.
  static func version(_ raw: Int64) -> String { "\((raw >> 8) & 0xFF).\(raw & 0xFF)" }

  /// The bits of a text in a field, padded with NUL; characters that do not fit are cut off.
  ///
  /// Part 2 of a text begins after the eight characters of part 1.
  static func bits(_ text: String, part: Int, field: BitField) -> UInt64 {
    var bits: UInt64 = 0
    for (index, byte) in text.utf8.dropFirst(8 * max(0, part - 1)).prefix(field.width / 8)
      .enumerated()
    {
      bits |= UInt64(byte) << UInt64(8 * index)
    }
    return bits
  }

  /// The bits of a version such as `2.6`, or `nil` for any other text.
  static func versionBits(_ text: String) -> UInt64? {
    let parts = text.split(separator: ".").compactMap { UInt8($0) }
    return parts.count == 2 ? UInt64(parts[0]) << 8 | UInt64(parts[1]) : nil
  }

  /// `0x` and as many hex digits as the width needs.
  static func hex(_ bits: UInt64, _ width: Int) -> String {
    let digits = String(bits, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: max(0, (width + 3) / 4 - digits.utf8.count))
      + digits
  }
}
