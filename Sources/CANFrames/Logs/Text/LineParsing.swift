/// What sets one text format apart from the others: what a single line of it says.
///
/// ``LineLogReader`` does what they have in common.
protocol LineParsing: Sendable {
  /// Creates a parser at the beginning of a file.
  ///
  /// - Parameter secondsEastOfUTC: The zone of dates in the file that do not name one.
  init(secondsEastOfUTC: Int)

  /// Whether a line can be of this format and of no other; asked before anything else is known.
  ///
  /// - Parameters:
  ///   - line: The line without its line end.
  ///   - start: Where its text begins, behind a byte order mark and blanks; within the line.
  /// - Returns: Whether a log with such a line is of this format.
  static func recognises(_ line: Span<UInt8>, from start: Int) -> Bool

  /// Whether a date without a zone was read.
  var hasZonelessDates: Bool { get }

  /// Reads one line without its line end, and appends what it says; a line may say nothing.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - start: Where its text begins, behind a byte order mark and blanks; within the line.
  ///   - buses: The names of the buses, to which those that are new are added.
  ///   - batch: What the frame is appended to.
  /// - Throws: Why the line is no frame and nothing else that the format knows.
  mutating func read(
    _ line: Span<UInt8>, from start: Int, buses: inout BusNames, into batch: inout FrameBatch
  ) throws(LineRejection)
}

extension LineScanner {
  /// Where the text of a line begins: behind a byte order mark and blanks; `nil` if there is none.
  static func textStart(_ line: Span<UInt8>) -> Int? {
    var position = 0
    _ = skip("\u{FEFF}", line, &position)
    skipBlanks(line, &position)
    return position < line.count ? position : nil
  }
}
