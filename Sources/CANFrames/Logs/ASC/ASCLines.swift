/// Vector's text format (`.asc`), also as `log2asc` of can-utils and python-can write it.
///
///     date Fri Dec 27 03:34:56.916 am 2024
///     base hex  timestamps absolute
///     internal events logged
///     Begin Triggerblock Fri Dec 27 03:34:56.916 am 2024
///        0.000000 Start of measurement
///        0.010000 1  351             Rx   d 8 1F 01 BC 02 E8 03 E7 00  Length = 240000
///        0.020000 1  18FF50E5x       Tx   d 2 01 02
///        0.040000 1  ErrorFrame
///     End TriggerBlock
struct ASCLines: LineParsing {
  private(set) var hasZonelessDates = false
  private var clock = ASCClock()
  private var numbers = ASCNumbers.hexadecimal
  private var numberedBuses = NumberedBuses()
  private let secondsEastOfUTC: Int

  init(secondsEastOfUTC: Int) { self.secondsEastOfUTC = secondsEastOfUTC }

  static func recognises(_ line: Span<UInt8>, from start: Int) -> Bool {
    var position = start
    guard LineScanner.isDigit(line[position]) else {
      return ASCKeyword.date.stands(in: line, at: position)
        || ASCKeyword.base.stands(in: line, at: position)
        || ASCKeyword.beginTriggerBlock.stands(in: line, at: position)
    }
    let time = LineScanner.word(line, &position)
    guard time.contains(where: { line[$0] == UInt8(ascii: ".") }) else { return false }
    return ASCEvent(line, position) != .unknown
  }

  mutating func read(
    _ line: Span<UInt8>, from start: Int, buses: inout BusNames, into batch: inout FrameBatch
  ) throws(LineRejection) {
    var position = start
    if LineScanner.isDigit(line[position]) || line[position] == UInt8(ascii: "-") {
      try readEvent(line, &position, buses: &buses, into: &batch)
    } else {
      try readHeader(line, &position)
    }
  }

  private mutating func readHeader(
    _ line: Span<UInt8>, _ position: inout Int
  ) throws(LineRejection) {
    let start = position
    switch ASCKeyword(line, &position) {
    case .date: clock.setFileDate(try readDate(line, position))
    case .beginTriggerBlock:
      LineScanner.skipBlanks(line, &position)
      if position < line.count { clock.setBlockDate(try readDate(line, position)) }
    case .base:
      let base = LineScanner.word(line, &position)
      numbers = LineScanner.equals(line, base, "dec") ? .decimal : .hexadecimal
      _ = LineScanner.word(line, &position)
      clock.isRelative = LineScanner.equals(line, LineScanner.word(line, &position), "relative")
    case .nothing: break
    case nil: throw LineRejection(.ascFrame, column: start + 1)
    }
  }

  private mutating func readDate(
    _ line: Span<UInt8>, _ position: Int
  ) throws(LineRejection) -> Int64 {
    guard
      let date = ASCDate.read(line, position).flatMap({
        UTCTime.shifted($0, bySeconds: -secondsEastOfUTC)
      })
    else { throw LineRejection(.date, column: position + 1) }
    hasZonelessDates = true
    return date
  }

  private mutating func readEvent(
    _ line: Span<UInt8>, _ position: inout Int, buses: inout BusNames, into batch: inout FrameBatch
  ) throws(LineRejection) {
    let start = position
    guard let offset = LineScanner.time(line, &position, exponent: 9),
      position >= line.count || LineScanner.isBlank(line[position]),
      let timestamp = clock.time(at: offset)
    else { throw LineRejection(.seconds, column: start + 1) }
    switch ASCEvent(line, position) {
    case .channel(let channel, let next):
      let bus = numberedBuses.index(of: channel, &buses)
      let frame = try ASCFrame.read(
        line, next, numbers: numbers, timestamp: timestamp, bus: bus)
      if let frame { batch.append(frame) }
    case .flexibleDataRate: throw LineRejection(.flexibleDataRate, column: position + 2)
    case .extraLong: throw LineRejection(.extraLong, column: position + 2)
    case .startOfMeasurement: clock.startMeasurement()
    case .ignored: break
    case .unknown: throw LineRejection(.ascFrame, column: start + 1)
    }
  }
}
