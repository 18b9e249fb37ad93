/// Bytes of a payload as they are read, at most eight.
struct PayloadText {
  /// Byte `i` is bits `8 * i ..< 8 * i + 8`.
  private(set) var word: UInt64 = 0
  private(set) var count: UInt8 = 0

  /// Appends a byte; false, and nothing appended, if there are eight.
  mutating func append(_ byte: UInt8) -> Bool {
    guard count < 8 else { return false }
    word |= UInt64(byte) << (8 * UInt64(count))
    count += 1
    return true
  }

  /// Reads `length` words of two hex digits each.
  mutating func readHexWords(
    _ line: Span<UInt8>, _ position: inout Int, length: Int
  ) throws(LineRejection) {
    for _ in 0..<length {
      let word = LineScanner.word(line, &position)
      guard !word.isEmpty else { throw LineRejection(.tooFewBytes, column: line.count + 1) }
      guard word.count == 2, let byte = LineScanner.hexNumber(line, word) else {
        throw LineRejection(.data, column: word.lowerBound + 1)
      }
      _ = append(UInt8(truncatingIfNeeded: byte))
    }
  }
}
