/// Reading positions in a line of text; the line itself is handed in, since a span cannot be kept.
enum LineScanner {
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// The value of a hex digit, or `nil`.
  static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }

  static func skipBlanks(_ line: Span<UInt8>, _ position: inout Int) {
    while position < line.count, isBlank(line[position]) { position += 1 }
  }

  /// Steps over `text` if it stands at `position`.
  static func skip(_ text: String, _ line: Span<UInt8>, _ position: inout Int) -> Bool {
    guard starts(line, at: position, with: text) else { return false }
    position += text.utf8.count
    return true
  }

  static func starts(_ line: Span<UInt8>, at position: Int, with text: String) -> Bool {
    let expected = text.utf8.span
    guard position + expected.count <= line.count else { return false }
    for offset in expected.indices where line[position + offset] != expected[offset] {
      return false
    }
    return true
  }

  /// Reads up to `limit` decimal digits; `nil` if there is none.
  static func decimal(
    _ line: Span<UInt8>, _ position: inout Int, limit: Int
  ) -> (value: Int64, digits: Int)? {
    var value: Int64 = 0
    var digits = 0
    while digits < limit, position < line.count, isDigit(line[position]) {
      value = value * 10 + Int64(line[position] - UInt8(ascii: "0"))
      digits += 1
      position += 1
    }
    return digits == 0 ? nil : (value, digits)
  }

  /// Reads one byte of two hex digits; `nil`, and no step, if there are not two.
  static func hexByte(_ line: Span<UInt8>, _ position: inout Int) -> UInt8? {
    guard position + 1 < line.count, let high = hexValue(line[position]),
      let low = hexValue(line[position + 1])
    else { return nil }
    position += 2
    return high << 4 | low
  }
}
