/// Writes JSON into a buffer, value by value, without building anything in between.
///
/// For the one thing that library encoders do not do: numbers with the decimals of their scale, at
/// the rate of a log.
enum JSONText {
  /// Appends a string in quotes.
  static func append(_ string: String, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        text.append(UInt8(ascii: "\\"))
        text.append(byte)
      case 0..<0x20:
        text.append(contentsOf: "\\u00".utf8)
        text.append(hexDigit(byte >> 4))
        text.append(hexDigit(byte & 15))
      default: text.append(byte)
      }
    }
    text.append(UInt8(ascii: "\""))
  }

  /// Appends a number; JSON has none for infinities and not-a-number, which become `null`.
  static func append(_ number: Double, to text: inout [UInt8]) {
    text.append(contentsOf: (number.isFinite ? "\(number)" : "null").utf8)
  }

  private static func hexDigit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
  }
}
