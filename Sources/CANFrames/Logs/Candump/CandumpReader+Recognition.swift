extension CandumpReader {
  /// Whether a line is candump's, and if so, whether it is of a log or of text; `nil` if neither.
  static func recognises(_ line: Span<UInt8>) -> LogFormat? {
    var reader = CandumpReader()
    var batch = FrameBatch()
    reader.read(line, into: &batch)
    reader.finish(into: &batch)
    // A frame of CAN FD, or one that is cut, is candump's all the same if a time in brackets is.
    let start = line.indices.first { !LineScanner.isBlank(line[$0]) }
    let hasBracket =
      start.map {
        line[$0] == UInt8(ascii: "(") && $0 + 1 < line.count && LineScanner.isDigit(line[$0 + 1])
      } ?? false
    guard hasBracket || !batch.isEmpty else { return nil }
    let isText = line.indices.contains { line[$0] == UInt8(ascii: "[") }
    let isLog = line.indices.contains { line[$0] == UInt8(ascii: "#") }
    return isText || !isLog && batch.events.isEmpty ? .candumpText : .candump
  }
}
