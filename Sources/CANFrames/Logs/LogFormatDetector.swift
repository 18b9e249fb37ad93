/// Finds out which format a log has, from what it begins with.
///
/// A binary format is told by its first four bytes, a text format by the first line that only it
/// can have. Whether the bytes come at once or one by one makes no difference.
struct LogFormatDetector: Sendable {
  /// After so many bytes without a line of any format, a text is taken for candump's, whose reader
  /// puts up with most and says of every line why it is no frame.
  static let limit = 65_536

  private static let magicNumbers: [(bytes: [UInt8], format: LogFormat)] = [
    ([0xA1, 0xB2, 0xC3, 0xD4], .pcap), ([0xD4, 0xC3, 0xB2, 0xA1], .pcap),
    ([0xA1, 0xB2, 0x3C, 0x4D], .pcap), ([0x4D, 0x3C, 0xB2, 0xA1], .pcap),
    ([0x0A, 0x0D, 0x0D, 0x0A], .pcapng), (Array("LOGG".utf8), .blf),
  ]

  /// How many bytes of the beginning were looked at.
  private var position = 0

  /// Looks at the beginning of a log, as far as it was not looked at before.
  ///
  /// - Parameters:
  ///   - head: All that was read so far, at least as much as the last time.
  ///   - isWhole: Whether nothing comes after it.
  /// - Returns: The format, or `nil` if more of the log has to be seen.
  mutating func format(of head: Span<UInt8>, isWhole: Bool) -> LogFormat? {
    if position == 0 {
      for (bytes, format) in Self.magicNumbers {
        let common = (0..<min(head.count, 4)).prefix { head[$0] == bytes[$0] }.count
        if common == 4 { return format }
        if common == head.count, !isWhole { return nil }
      }
    }
    let end = min(head.count, Self.limit)
    while position < end {
      var lineEnd = position
      while lineEnd < end, head[lineEnd] != UInt8(ascii: "\n") { lineEnd += 1 }
      // The last line may go on; once the limit is reached it is as good as whole.
      guard lineEnd < end || isWhole || end == Self.limit else { return nil }
      let next = lineEnd + 1
      if lineEnd > position, head[lineEnd - 1] == UInt8(ascii: "\r") { lineEnd -= 1 }
      if let format = Self.format(ofLine: head.extracting(position..<lineEnd)) { return format }
      position = next
    }
    return isWhole || end == Self.limit ? .candump : nil
  }

  /// The format that a line can only be of.
  private static func format(ofLine line: Span<UInt8>) -> LogFormat? {
    if let start = LineScanner.textStart(line) {
      if ASCLines.recognises(line, from: start) { return .asc }
      if TRCLines.recognises(line, from: start) { return .trc }
      if GVRETLines.recognises(line, from: start) { return .gvret }
      if PythonCANLines.recognises(line, from: start) { return .pythonCAN }
      if CabanaLines.recognises(line, from: start) { return .cabana }
    }
    return CandumpReader.recognises(line)
  }
}
