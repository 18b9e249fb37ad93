/// PEAK's text format (`.trc`), versions 1.0 to 2.1.
///
///     ;$FILEVERSION=1.1
///     ;$STARTTIME=44548.6028595139
///          1)      1059.9  Rx         0351  8  1F 01 BC 02 E8 03 E7 00
///          2)      1061.0  Rx         0305  8  RTR
///
///     ;$FILEVERSION=2.1
///     ;$STARTTIME=44548.6028595139
///     ;$COLUMNS=N,O,T,B,I,d,R,L,D
///           1      1059.900 DT 1      0351 Rx -  8    1F 01 BC 02 E8 03 E7 00
///           2      1061.000 RR 1      0305 Rx -  8
struct TRCLines: LineParsing {
  private(set) var hasZonelessDates = false
  private var start: Int64 = 0
  private var columns = TRCColumns()
  private var numberedBuses = NumberedBuses()
  private let secondsEastOfUTC: Int

  init(secondsEastOfUTC: Int) { self.secondsEastOfUTC = secondsEastOfUTC }

  static func recognises(_ line: Span<UInt8>, from start: Int) -> Bool {
    var position = start
    for text in [";$FILEVERSION=", ";$STARTTIME=", ";$COLUMNS="]
    where LineScanner.starts(line, at: position, with: text) {
      return true
    }
    // Without its head only version 1 can be told: its lines begin with `12)` and a time.
    guard LineScanner.decimal(line, &position, limit: 18) != nil,
      LineScanner.skip(")", line, &position)
    else { return false }
    let time = LineScanner.word(line, &position)
    var timeStart = time.lowerBound
    return LineScanner.time(line, &timeStart, exponent: 6) != nil
  }

  mutating func read(
    _ line: Span<UInt8>, from start: Int, buses: inout BusNames, into batch: inout FrameBatch
  ) throws(LineRejection) {
    var position = start
    if line[position] == UInt8(ascii: ";") {
      try readHeader(line, &position)
      return
    }
    var record = TRCRecord()
    var end = position
    if LineScanner.decimal(line, &end, limit: 18) != nil, LineScanner.skip(")", line, &end) {
      try record.readFirstVersion(line, end)
    } else {
      try columns.read(line, position, into: &record)
    }
    let bus = record.bus.map { numberedBuses.index(of: $0, &buses) }
    guard
      let frame = try record.frame(
        line, start: self.start, bus: bus ?? NumberedBuses.unnamed(&buses))
    else { return }
    batch.append(frame)
  }

  private mutating func readHeader(
    _ line: Span<UInt8>, _ position: inout Int
  ) throws(LineRejection) {
    if LineScanner.skip(";$STARTTIME=", line, &position) {
      guard
        let time = TRCStartTime.read(line, position).flatMap({
          UTCTime.shifted($0, bySeconds: -secondsEastOfUTC)
        })
      else { throw LineRejection(.startTime, column: position + 1) }
      hasZonelessDates = true
      start = time
    } else if LineScanner.skip(";$COLUMNS=", line, &position) {
      guard let columns = TRCColumns(line, position) else {
        throw LineRejection(.trcColumns, column: position + 1)
      }
      self.columns = columns
    }
  }
}
