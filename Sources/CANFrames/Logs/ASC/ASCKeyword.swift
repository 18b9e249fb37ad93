/// What a line of an ASC file that does not begin with a time is about.
enum ASCKeyword {
  case date
  case base
  case beginTriggerBlock
  /// A comment, the version, whether events are logged, or the end of a block.
  case nothing

  private static let texts: [(Self, [String])] = [
    (.date, ["date "]),
    (.base, ["base hex", "base dec"]),
    (.beginTriggerBlock, ["begin triggerblock"]),
    (
      .nothing, ["//", "internal events", "no internal events", "end triggerblock", "previous log"]
    ),
  ]

  /// The keyword at `position`, stepping behind it.
  init?(_ line: Span<UInt8>, _ position: inout Int) {
    for (keyword, texts) in Self.texts {
      for text in texts where LineScanner.startsAnyCase(line, at: position, with: text) {
        // The number base itself is part of the text by which its line is known.
        position += keyword == .base ? "base ".utf8.count : text.utf8.count
        self = keyword
        return
      }
    }
    return nil
  }

  /// Whether this keyword stands at `position`.
  func stands(in line: Span<UInt8>, at position: Int) -> Bool {
    var end = position
    return Self(line, &end) == self
  }
}
