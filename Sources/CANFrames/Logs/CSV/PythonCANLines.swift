/// The CSV of python-can.
///
///     timestamp,arbitration_id,extended,remote,error,dlc,data
///     1735270496.916858,0x351,0,0,0,8,HwG8AugD5wA=
struct PythonCANLines: CSVLineParsing {
  static let headStart = "timestamp,arbitration_id,"

  init(secondsEastOfUTC: Int) {}

  static func recognises(_ line: Span<UInt8>, from start: Int) -> Bool {
    var position = start
    if isHead(line, start) { return true }
    let time = LineScanner.column(line, &position)
    let identifier = LineScanner.column(line, &position)
    let flags = (0..<3).map { _ in LineScanner.column(line, &position) }
    var timeStart = time.lowerBound
    return LineScanner.time(line, &timeStart, exponent: 9) != nil
      && LineScanner.startsAnyCase(line, at: identifier.lowerBound, with: "0x")
      && flags.allSatisfy { flag(line, $0) != nil } && position < line.count
  }

  mutating func read(
    _ line: Span<UInt8>, from start: Int, buses: inout BusNames, into batch: inout FrameBatch
  ) throws(LineRejection) {
    var position = start
    guard !Self.isHead(line, start) else { return }
    let timeColumn = LineScanner.column(line, &position)
    var timeStart = timeColumn.lowerBound
    guard let timestamp = LineScanner.time(line, &timeStart, exponent: 9),
      timeStart == timeColumn.upperBound
    else { throw LineRejection(.seconds, column: timeColumn.lowerBound + 1) }
    let number = LineScanner.column(line, &position)
    let isExtended = try Self.readFlag(line, &position)
    let isRemote = try Self.readFlag(line, &position)
    let isError = try Self.readFlag(line, &position)
    // An error frame's number is its classes, which are more than 11 bits may hold.
    guard
      let identifier = LineScanner.hexNumber(line, number).flatMap({
        CANIdentifier(exactly: $0, format: isExtended || isError ? .extended : .standard)
      })
    else { throw LineRejection(.hexIdentifier, column: number.lowerBound + 1) }
    let length = LineScanner.column(line, &position)
    guard let count = LineScanner.decimalNumber(line, length), count <= 64 else {
      throw LineRejection(.plainLength, column: length.lowerBound + 1)
    }
    if count > 8 { throw LineRejection(.flexibleDataRate, column: length.lowerBound + 1) }
    let payload = try Self.readPayload(line, &position, count: isRemote ? 0 : Int(count))
    batch.append(
      CANFrame(
        timestamp: timestamp, identifier: identifier,
        kind: isError ? .error : isRemote ? .remote : .data, payload: payload.word,
        length: UInt8(count), bus: NumberedBuses.unnamed(&buses)))
  }

  private static func readPayload(
    _ line: Span<UInt8>, _ position: inout Int, count: Int
  ) throws(LineRejection) -> PayloadText {
    let column = LineScanner.column(line, &position)
    var payload = PayloadText()
    guard count > 0 else { return payload }
    guard Base64.read(line, column, into: &payload) else {
      throw LineRejection(.base64, column: column.lowerBound + 1)
    }
    if Int(payload.count) < count {
      throw LineRejection(.tooFewBytes, column: column.upperBound + 1)
    }
    if Int(payload.count) > count { throw LineRejection(.tooManyBytes, column: column.upperBound) }
    return payload
  }

  private static func readFlag(
    _ line: Span<UInt8>, _ position: inout Int
  ) throws(LineRejection) -> Bool {
    let column = LineScanner.column(line, &position)
    guard let flag = flag(line, column) else {
      throw LineRejection(.pythonCANRow, column: column.lowerBound + 1)
    }
    return flag
  }

  private static func flag(_ line: Span<UInt8>, _ column: Range<Int>) -> Bool? {
    guard column.count == 1 else { return nil }
    switch line[column.lowerBound] {
    case UInt8(ascii: "0"): return false
    case UInt8(ascii: "1"): return true
    default: return nil
    }
  }
}
