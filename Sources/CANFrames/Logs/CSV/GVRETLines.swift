/// SavvyCAN's own CSV, with and without the column `Dir`.
///
///     Time Stamp,ID,Extended,Dir,Bus,LEN,D1,D2,D3,D4,D5,D6,D7,D8
///     39747828,00000351,false,Rx,0,8,1F,01,BC,02,E8,03,E7,00,
struct GVRETLines: CSVLineParsing {
  static let headStart = "time stamp,id,"

  private var numberedBuses = NumberedBuses()

  init(secondsEastOfUTC: Int) {}

  static func recognises(_ line: Span<UInt8>, from start: Int) -> Bool {
    var position = start
    if isHead(line, start) { return true }
    let (time, identifier, extended) = (
      LineScanner.column(line, &position), LineScanner.column(line, &position),
      LineScanner.column(line, &position)
    )
    return LineScanner.decimalNumber(line, time) != nil
      && LineScanner.hexNumber(line, identifier) != nil && isTrue(line, extended) != nil
      && position < line.count
  }

  mutating func read(
    _ line: Span<UInt8>, from start: Int, buses: inout BusNames, into batch: inout FrameBatch
  ) throws(LineRejection) {
    var position = start
    guard !Self.isHead(line, start) else { return }
    let timeColumn = LineScanner.column(line, &position)
    guard let microseconds = LineScanner.decimalNumber(line, timeColumn),
      microseconds <= CANFrame.times.upperBound / 1000
    else { throw LineRejection(.microseconds, column: timeColumn.lowerBound + 1) }
    let number = LineScanner.column(line, &position)
    let extended = LineScanner.column(line, &position)
    guard let isExtended = Self.isTrue(line, extended) else {
      throw LineRejection(.gvretRow, column: extended.lowerBound + 1)
    }
    guard
      let identifier = LineScanner.hexNumber(line, number).flatMap({
        CANIdentifier(exactly: $0, format: isExtended ? .extended : .standard)
      })
    else { throw LineRejection(.hexIdentifier, column: number.lowerBound + 1) }
    var bus = LineScanner.column(line, &position)
    let isSent = LineScanner.equals(line, bus, "tx")
    if isSent || LineScanner.equals(line, bus, "rx") {
      bus = LineScanner.column(line, &position)
    }
    guard let busNumber = LineScanner.decimalNumber(line, bus).flatMap(UInt8.init(exactly:)) else {
      throw LineRejection(.busNumber, column: bus.lowerBound + 1)
    }
    let length = LineScanner.column(line, &position)
    guard let count = LineScanner.decimalNumber(line, length), count <= 8 else {
      throw LineRejection(.plainLength, column: length.lowerBound + 1)
    }
    var payload = PayloadText()
    for _ in 0..<count {
      let column = LineScanner.column(line, &position)
      guard !column.isEmpty else { throw LineRejection(.tooFewBytes, column: position + 1) }
      guard column.count == 2, let byte = LineScanner.hexNumber(line, column) else {
        throw LineRejection(.data, column: column.lowerBound + 1)
      }
      _ = payload.append(UInt8(truncatingIfNeeded: byte))
    }
    batch.append(
      CANFrame(
        timestamp: microseconds * 1000, identifier: identifier, payload: payload.word,
        length: payload.count, bus: numberedBuses.index(of: busNumber, &buses),
        isSent: isSent))
  }

  private static func isTrue(_ line: Span<UInt8>, _ column: Range<Int>) -> Bool? {
    if LineScanner.equals(line, column, "true") { return true }
    return LineScanner.equals(line, column, "false") ? false : nil
  }
}
