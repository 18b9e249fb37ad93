/// Cuts a stream of bytes into lines, whatever pieces it arrives in, in bounded memory.
///
/// A line ends with LF; a CR before it is removed. A line that is longer than
/// ``longestLine`` is handed over cut, once, and the rest of it is skipped.
struct LineSplitter: Sendable {
  static let longestLine = 65_536

  /// The number of the line that was handed over last, from 1.
  private(set) var lineNumber = 0
  private var partial: [UInt8] = []
  private var isSkipping = false

  /// Whether the next byte begins a line.
  var isAtLineStart: Bool { partial.isEmpty && !isSkipping }

  /// Takes note of lines that somebody else read.
  mutating func countLines(_ count: Int) { lineNumber += count }

  /// Takes the bytes from `position` to the next line feed, or to the end of the chunk, and hands
  /// over the line if this completes it.
  mutating func takeLine<Failure: Error>(
    _ chunk: Span<UInt8>, _ position: inout Int, line: (Span<UInt8>, Int) throws(Failure) -> Void
  ) throws(Failure) {
    let start = position
    guard let end = Self.lineFeed(in: chunk, from: start) else {
      position = chunk.count
      try keep(chunk.extracting(start..<chunk.count), line: line)
      return
    }
    position = end + 1
    if isSkipping {
      isSkipping = false
    } else if partial.isEmpty {
      lineNumber += 1
      try line(chunk.extracting(start..<Self.end(of: chunk, start..<end)), lineNumber)
    } else {
      try keep(chunk.extracting(start..<end), line: line)
      if !isSkipping { try finish(line: line) }
      isSkipping = false
    }
  }

  /// Hands over what stands after the last LF, if anything does.
  mutating func finish<Failure: Error>(
    line: (Span<UInt8>, Int) throws(Failure) -> Void
  ) throws(Failure) {
    guard !partial.isEmpty else { return }
    lineNumber += 1
    let complete = partial
    partial.removeAll(keepingCapacity: true)
    let end = Self.end(of: complete.span, 0..<complete.count)
    try line(complete.span.extracting(0..<end), lineNumber)
  }

  private mutating func keep<Failure: Error>(
    _ piece: Span<UInt8>, line: (Span<UInt8>, Int) throws(Failure) -> Void
  ) throws(Failure) {
    guard !isSkipping else { return }
    let room = Self.longestLine + 1 - partial.count
    for index in 0..<min(room, piece.count) { partial.append(piece[index]) }
    guard partial.count > Self.longestLine else { return }
    try finish(line: line)
    isSkipping = true
  }

  private static func lineFeed(in bytes: Span<UInt8>, from start: Int) -> Int? {
    for index in start..<bytes.count where bytes[index] == UInt8(ascii: "\n") { return index }
    return nil
  }

  /// Where the line in `range` ends without its carriage return.
  private static func end(of bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    let hasReturn = !range.isEmpty && bytes[range.upperBound - 1] == UInt8(ascii: "\r")
    return hasReturn ? range.upperBound - 1 : range.upperBound
  }
}
