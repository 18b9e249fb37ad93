/// A text format of rows with a head, whose times and dates need no zone.
protocol CSVLineParsing: LineParsing {
  /// What the head begins with, in lower case; it may stand in upper case, and more than once.
  static var headStart: String { get }
}

extension CSVLineParsing {
  var hasZonelessDates: Bool { false }

  /// Whether the head stands at `position`.
  static func isHead(_ line: Span<UInt8>, _ position: Int) -> Bool {
    LineScanner.startsAnyCase(line, at: position, with: headStart)
  }
}
