/// What sets one text format apart from the others: what a single line of it says.
///
/// ``LineLogReader`` does what they have in common.
protocol LineParsing: Sendable {
  /// Creates a parser at the beginning of a file.
  ///
  /// - Parameter secondsEastOfUTC: The zone of dates in the file that do not name one.
  init(secondsEastOfUTC: Int)

  /// Whether a line can be of this format and of no other; asked before anything else is known.
  static func recognises(_ line: Span<UInt8>) -> Bool

  /// Whether a date without a zone was read.
  var hasZonelessDates: Bool { get }

  /// Reads one line without its line end, and appends what it says; a line may say nothing.
  mutating func read(
    _ line: Span<UInt8>, buses: inout BusNames, into batch: inout FrameBatch
  ) throws(LineRejection)
}
