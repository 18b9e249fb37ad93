/// Words, columns and numbers that several text formats share.
extension LineScanner {
  /// The next word: what stands up to a blank or the end of the line; empty at the end.
  static func word(_ line: Span<UInt8>, _ position: inout Int) -> Range<Int> {
    skipBlanks(line, &position)
    let start = position
    while position < line.count, !isBlank(line[position]) { position += 1 }
    return start..<position
  }

  /// The next column of a row that commas separate, without blanks and quotes around it.
  ///
  /// Steps behind the comma. At the end of the row columns are empty.
  static func column(_ line: Span<UInt8>, _ position: inout Int) -> Range<Int> {
    var start = position
    while position < line.count, line[position] != UInt8(ascii: ",") { position += 1 }
    var end = position
    if position < line.count { position += 1 }
    while start < end, isPadding(line[start]) { start += 1 }
    while end > start, isPadding(line[end - 1]) { end -= 1 }
    return start..<end
  }

  private static func isPadding(_ byte: UInt8) -> Bool {
    isBlank(byte) || byte == UInt8(ascii: "\"")
  }

  /// Whether `range` is exactly `text`, upper or lower case.
  static func equals(_ line: Span<UInt8>, _ range: Range<Int>, _ text: String) -> Bool {
    range.count == text.utf8.count && startsAnyCase(line, at: range.lowerBound, with: text)
  }

  /// Whether `text`, given in lower case, stands at `position` in any case.
  static func startsAnyCase(_ line: Span<UInt8>, at position: Int, with text: String) -> Bool {
    let expected = text.utf8.span
    guard position + expected.count <= line.count else { return false }
    for offset in expected.indices {
      let byte = line[position + offset]
      let lower = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
      if lower != expected[offset] { return false }
    }
    return true
  }

  /// The number that `range` is in hex, with or without `0x`; `nil` if it is none or has more than
  /// 32 bits.
  static func hexNumber(_ line: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
    var start = range.lowerBound
    if range.count > 2, startsAnyCase(line, at: start, with: "0x") { start += 2 }
    guard (1...8).contains(range.upperBound - start) else { return nil }
    var number: UInt32 = 0
    for index in start..<range.upperBound {
      guard let digit = hexValue(line[index]) else { return nil }
      number = number << 4 | UInt32(digit)
    }
    return number
  }

  /// The number that `range` is in decimal digits; `nil` if it is none or has more than 18 digits.
  static func decimalNumber(_ line: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    guard (1...18).contains(range.count) else { return nil }
    var number: Int64 = 0
    for index in range {
      guard isDigit(line[index]) else { return nil }
      number = number * 10 + Int64(line[index] - UInt8(ascii: "0"))
    }
    return number
  }
}
