/// When a TRC file begins: days since 1899-12-30, as spreadsheets count them.
enum TRCStartTime {
  /// Days from 1899-12-30 to 1970-01-01.
  private static let epoch: Int64 = 25_569
  private static let microsecondsOfDay: UInt64 = 86_400_000_000

  /// Reads `44548.6028595139`, as nanoseconds since 1970 were it UTC.
  ///
  /// To the nearest microsecond, which is more than the usual ten decimals give. `nil` if no such
  /// number stands there.
  static func read(_ line: Span<UInt8>, _ start: Int) -> Int64? {
    var position = start
    LineScanner.skipBlanks(line, &position)
    guard let days = LineScanner.decimal(line, &position, limit: 6) else { return nil }
    var microseconds: UInt64 = 0
    if LineScanner.skip(".", line, &position) || LineScanner.skip(",", line, &position) {
      guard let fraction = LineScanner.decimal(line, &position, limit: 18) else { return nil }
      var divisor: UInt64 = 1
      for _ in 0..<fraction.digits { divisor *= 10 }
      let product = UInt64(fraction.value).multipliedFullWidth(by: microsecondsOfDay)
      let (quotient, rest) = divisor.dividingFullWidth(product)
      microseconds = quotient + (rest >= divisor - rest ? 1 : 0)
    }
    // In microseconds it fits; in nanoseconds the year 2262 is the last that does.
    let sum = (days.value - epoch) * Int64(microsecondsOfDay) + Int64(microseconds)
    let (nanoseconds, overflows) = sum.multipliedReportingOverflow(by: 1000)
    return overflows ? nil : nanoseconds
  }

  /// Appends a time in nanoseconds since 1970, in twelve decimals, which tell microseconds apart.
  static func append(_ nanoseconds: Int64, to text: inout [UInt8]) {
    let (days, rest) = UTCTime.floorDivision(nanoseconds / 1000, Int64(microsecondsOfDay))
    let product = UInt64(rest).multipliedFullWidth(by: 1_000_000_000_000)
    let fraction = microsecondsOfDay.dividingFullWidth(product).quotient
    text += Array("\(days + epoch).".utf8)
    text += Array(String(fraction + 1_000_000_000_000).utf8.dropFirst())
  }
}
