/// What follows the time on a line of an ASC file.
enum ASCEvent: Equatable {
  /// A frame or an error frame on a channel, counted from 0; it goes on at `next`.
  case channel(UInt8, next: Int)
  case flexibleDataRate
  case extraLong
  case startOfMeasurement
  /// One of the events that a measuring program logs of itself.
  case ignored
  case unknown

  /// What programs log beside frames; chip status, bus statistics and markers among them.
  private static let ignoredWords = [
    "can ", "statistic", "triggerevent", "trigger", "log ", "sv:", "comment", "//", "gm", "global",
    "j1939tp", "end of", "systemvariable",
  ]

  init(_ line: Span<UInt8>, _ position: Int) {
    var next = position
    let word = LineScanner.word(line, &next)
    self = Self.channel(line, word, next) ?? Self.named(line, word, next)
  }

  /// `1` or `CAN1`.
  private static func channel(_ line: Span<UInt8>, _ word: Range<Int>, _ next: Int) -> Self? {
    let prefix = LineScanner.startsAnyCase(line, at: word.lowerBound, with: "can") ? 3 : 0
    guard word.count <= prefix + 3,
      let number = LineScanner.decimalNumber(line, word.dropFirst(prefix)),
      let channel = UInt8(exactly: number - 1)
    else { return nil }
    var end = next
    let second = LineScanner.word(line, &end)
    if second.isEmpty { return .unknown }
    if LineScanner.startsAnyCase(line, at: second.lowerBound, with: "statistic")
      || LineScanner.equals(line, second, "j1939tp")
    {
      return .ignored
    }
    if LineScanner.equals(line, second, "errorframe") {
      return .channel(channel, next: second.lowerBound)
    }
    // Only with a direction behind it is a word an identifier.
    let third = LineScanner.word(line, &end)
    let isFrame = ["rx", "tx", "txrq"].contains { LineScanner.equals(line, third, $0) }
    return isFrame ? .channel(channel, next: second.lowerBound) : .unknown
  }

  private static func named(_ line: Span<UInt8>, _ word: Range<Int>, _ next: Int) -> Self {
    if LineScanner.equals(line, word, "canfd") {
      return errorFrame(line, next) ?? .flexibleDataRate
    }
    if LineScanner.equals(line, word, "canxl") { return .extraLong }
    if LineScanner.startsAnyCase(line, at: word.lowerBound, with: "start of measurement") {
      return .startOfMeasurement
    }
    let isKnown = ignoredWords.contains {
      LineScanner.startsAnyCase(line, at: word.lowerBound, with: $0)
    }
    return isKnown ? .ignored : .unknown
  }

  /// `CANFD 1 Rx ErrorFrame`: an error frame of a channel that can do CAN FD.
  private static func errorFrame(_ line: Span<UInt8>, _ position: Int) -> Self? {
    var next = position
    let channel = LineScanner.word(line, &next)
    _ = LineScanner.word(line, &next)
    let word = LineScanner.word(line, &next)
    guard LineScanner.equals(line, word, "errorframe"),
      let number = LineScanner.decimalNumber(line, channel),
      let channel = UInt8(exactly: number - 1)
    else { return nil }
    return .channel(channel, next: word.lowerBound)
  }
}
