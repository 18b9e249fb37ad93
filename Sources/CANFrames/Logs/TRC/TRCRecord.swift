/// One line of a TRC file, as far as it is read.
struct TRCRecord {
  private enum Kind {
    case data
    case remote
    case error
    case status
    /// A counter or an event of the program's own.
    case other
  }

  private(set) var bus: UInt8?
  /// Where the data begins.
  var dataStart = 0
  /// Whether the line holds a frame, and has all columns.
  var isFrame: Bool { kind == .data || kind == .remote }

  private var kind = Kind.data
  private var offset: Int64 = 0
  private var isSent = false
  private var identifier = CANIdentifier.standard(0)
  private var length = 0

  /// Reads a line of version 1 behind its number: `1059.9 1 Rx 0351 - 8`, where 1.0 has neither bus
  /// nor direction, 1.1 has no bus, and only 1.3 has the dash.
  mutating func readFirstVersion(_ line: Span<UInt8>, _ start: Int) throws(LineRejection) {
    var position = start
    try readOffset(line, LineScanner.word(line, &position))
    var word = LineScanner.word(line, &position)
    if word.count <= 2, LineScanner.decimalNumber(line, word) != nil {
      try readBus(line, word)
      word = LineScanner.word(line, &position)
    }
    if LineScanner.equals(line, word, "warng") || LineScanner.equals(line, word, "error") {
      kind = LineScanner.equals(line, word, "error") ? .error : .status
      word = LineScanner.word(line, &position)
    } else if readDirection(line, word) {
      word = LineScanner.word(line, &position)
    }
    if LineScanner.equals(line, word, "ffffffff") {
      if kind == .data { kind = .status }
    } else {
      try readIdentifier(line, word)
    }
    word = LineScanner.word(line, &position)
    if LineScanner.equals(line, word, "-") { word = LineScanner.word(line, &position) }
    try readLength(line, word)
    LineScanner.skipBlanks(line, &position)
    dataStart = position
    if kind == .data, LineScanner.startsAnyCase(line, at: position, with: "rtr") { kind = .remote }
  }

  mutating func readOffset(_ line: Span<UInt8>, _ word: Range<Int>) throws(LineRejection) {
    var position = word.lowerBound
    guard let time = LineScanner.time(line, &position, exponent: 6), position == word.upperBound
    else { throw LineRejection(.milliseconds, column: word.lowerBound + 1) }
    offset = time
  }

  mutating func readType(_ line: Span<UInt8>, _ word: Range<Int>) throws(LineRejection) {
    let column = word.lowerBound + 1
    let types: [(String, Kind)] = [
      ("dt", .data), ("rr", .remote), ("er", .error), ("st", .status), ("ec", .other),
      ("ev", .other),
    ]
    guard let type = types.first(where: { LineScanner.equals(line, word, $0.0) }) else {
      let isFlexible = ["fd", "fb", "fe", "bi"].contains { LineScanner.equals(line, word, $0) }
      throw LineRejection(isFlexible ? .flexibleDataRate : .trcType, column: column)
    }
    kind = type.1
  }

  mutating func readBus(_ line: Span<UInt8>, _ word: Range<Int>) throws(LineRejection) {
    if LineScanner.equals(line, word, "-") { return }
    guard let number = LineScanner.decimalNumber(line, word), let bus = UInt8(exactly: number)
    else {
      throw LineRejection(.busNumber, column: word.lowerBound + 1)
    }
    // Buses are counted from 1.
    self.bus = bus == 0 ? 0 : bus - 1
  }

  /// Reads `Rx` or `Tx`; false if something else stands there.
  @discardableResult
  mutating func readDirection(_ line: Span<UInt8>, _ word: Range<Int>) -> Bool {
    isSent = LineScanner.equals(line, word, "tx")
    return isSent || LineScanner.equals(line, word, "rx")
  }

  /// Four digits are 11 bits, more are 29.
  mutating func readIdentifier(_ line: Span<UInt8>, _ word: Range<Int>) throws(LineRejection) {
    let format: CANIdentifier.Format = word.count <= 4 ? .standard : .extended
    guard let number = LineScanner.hexNumber(line, word),
      let identifier = CANIdentifier(exactly: number, format: format)
    else { throw LineRejection(.trcIdentifier, column: word.lowerBound + 1) }
    self.identifier = identifier
  }

  mutating func readLength(_ line: Span<UInt8>, _ word: Range<Int>) throws(LineRejection) {
    guard let number = LineScanner.decimalNumber(line, word), number <= 15 else {
      throw LineRejection(.plainLength, column: word.lowerBound + 1)
    }
    length = Int(min(8, number))
  }

  /// The frame, or `nil` if the line holds none.
  func frame(_ line: Span<UInt8>, start: Int64, bus: UInt8) throws(LineRejection) -> CANFrame? {
    let (timestamp, overflows) = start.addingReportingOverflow(offset)
    guard !overflows, CANFrame.times.contains(timestamp) else {
      throw LineRejection(.milliseconds, column: 1)
    }
    switch kind {
    case .data:
      var payload = PayloadText()
      var position = dataStart
      try payload.readHexWords(line, &position, length: length)
      return CANFrame(
        timestamp: timestamp, identifier: identifier, payload: payload.word,
        length: payload.count, bus: bus, isSent: isSent)
    case .remote:
      return CANFrame(
        timestamp: timestamp, identifier: identifier, kind: .remote, payload: 0,
        length: UInt8(length), bus: bus, isSent: isSent)
    case .error:
      return CANFrame(
        timestamp: timestamp, identifier: ASCFrame.errorIdentifier, kind: .error, payload: 0,
        length: 8, bus: bus)
    case .status: return TRCStatus(line, dataStart)?.frame(timestamp: timestamp, bus: bus)
    case .other: return nil
    }
  }
}
