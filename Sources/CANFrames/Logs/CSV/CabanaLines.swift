/// The CSV of Cabana, as it and SavvyCAN write it.
///
///     time,addr,bus,data
///     240.479115,849,0,1f01bc02e803e700
struct CabanaLines: CSVLineParsing {
  static let headStart = "time,addr,bus,data"

  private var numberedBuses = NumberedBuses()

  init(secondsEastOfUTC: Int) {}

  static func recognises(_ line: Span<UInt8>, from start: Int) -> Bool {
    if isHead(line, start) { return true }
    var buses = BusNames()
    var batch = FrameBatch()
    var lines = CabanaLines(secondsEastOfUTC: 0)
    do throws(LineRejection) {
      try lines.read(line, from: start, buses: &buses, into: &batch)
    } catch {
      return false
    }
    return !batch.isEmpty
  }

  mutating func read(
    _ line: Span<UInt8>, from start: Int, buses: inout BusNames, into batch: inout FrameBatch
  ) throws(LineRejection) {
    var position = start
    guard !Self.isHead(line, start) else { return }
    let timestamp = try Self.readTime(line, LineScanner.column(line, &position))
    let address = LineScanner.column(line, &position)
    guard let identifier = Self.identifier(line, address) else {
      throw LineRejection(.cabanaAddress, column: address.lowerBound + 1)
    }
    let bus = LineScanner.column(line, &position)
    guard let number = LineScanner.decimalNumber(line, bus).flatMap(UInt8.init(exactly:)) else {
      throw LineRejection(.busNumber, column: bus.lowerBound + 1)
    }
    // A trailing comma ends the row; without the one before the data, the row is cut.
    guard position <= line.count, line[position - 1] == UInt8(ascii: ",") else {
      throw LineRejection(.cabanaRow, column: line.count + 1)
    }
    let payload = try Self.readData(line, LineScanner.column(line, &position))
    // From 128 on frames were sent: the bus is the rest.
    batch.append(
      CANFrame(
        timestamp: timestamp, identifier: identifier, payload: payload.word,
        length: payload.count, bus: numberedBuses.index(of: number & 0x7F, &buses),
        isSent: number > 0x7F))
  }

  /// Seconds; SavvyCAN appends another `.0` to them.
  private static func readTime(
    _ line: Span<UInt8>, _ column: Range<Int>
  ) throws(LineRejection) -> Int64 {
    var position = column.lowerBound
    guard let time = LineScanner.time(line, &position, exponent: 9) else {
      throw LineRejection(.seconds, column: column.lowerBound + 1)
    }
    _ = LineScanner.skip(".0", line, &position)
    guard position == column.upperBound else {
      throw LineRejection(.seconds, column: position + 1)
    }
    return time
  }

  /// The format does not say which identifiers have 29 bits: those that 11 bits do not hold.
  private static func identifier(_ line: Span<UInt8>, _ column: Range<Int>) -> CANIdentifier? {
    let isHex = LineScanner.startsAnyCase(line, at: column.lowerBound, with: "0x")
    let number =
      isHex
      ? LineScanner.hexNumber(line, column)
      : LineScanner.decimalNumber(line, column).flatMap(UInt32.init(exactly:))
    return number.flatMap {
      CANIdentifier(exactly: $0, format: $0 <= 0x7FF ? .standard : .extended)
    }
  }

  private static func readData(
    _ line: Span<UInt8>, _ column: Range<Int>
  ) throws(LineRejection) -> PayloadText {
    var position = column.lowerBound
    if LineScanner.startsAnyCase(line, at: position, with: "0x") { position += 2 }
    if [24, 32, 40, 48, 64, 96, 128].contains(column.upperBound - position) {
      throw LineRejection(.flexibleDataRate, column: position + 1)
    }
    var payload = PayloadText()
    while position < column.upperBound {
      let start = position
      guard position + 1 < column.upperBound, let byte = LineScanner.hexByte(line, &position) else {
        throw LineRejection(.data, column: start + 1)
      }
      guard payload.append(byte) else { throw LineRejection(.tooManyBytes, column: start + 1) }
    }
    return payload
  }
}
