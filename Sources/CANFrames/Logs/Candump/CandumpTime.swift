/// The times that candump prints in front of a frame.
///
///     (1735270496.916858)              -ta, and every log: seconds since 1970
///     (1735270496.916858123)           -N: nine decimals
///     (2024-12-27 03:34:56.916858)     -tA: local time, without saying where
///     (000.151000)                     -tz since the first frame, -td since the previous one
struct CandumpTime: Sendable {
  /// A zoneless date is read as UTC plus this many seconds east of it.
  private let secondsEastOfUTC: Int
  /// Whether a date without a zone was read.
  private(set) var hasZonelessDate = false

  private var lastRelative: Int64 = 0
  private var sumOfDeltas: Int64 = 0
  private var isDelta = false

  init(secondsEastOfUTC: Int) { self.secondsEastOfUTC = secondsEastOfUTC }

  /// Reads the time that starts at `position`, brackets included if it has them.
  mutating func read(_ line: Span<UInt8>, _ position: inout Int) throws(LineRejection) -> Int64 {
    let start = position
    let isBracketed = LineScanner.skip("(", line, &position)
    LineScanner.skipBlanks(line, &position)
    guard let first = LineScanner.decimal(line, &position, limit: 10) else {
      throw LineRejection(.time, column: start + 1)
    }
    let time: Int64
    if first.digits == 4, position < line.count, line[position] == UInt8(ascii: "-") {
      time = try date(line, &position, year: first.value)
    } else {
      let nanoseconds = try fraction(line, &position, after: first.value)
      time = first.digits >= 10 ? nanoseconds : relative(nanoseconds)
    }
    if isBracketed {
      LineScanner.skipBlanks(line, &position)
      guard LineScanner.skip(")", line, &position) else {
        throw LineRejection(.time, column: start + 1)
      }
    }
    return time
  }

  /// Nanoseconds from whole seconds and the decimals that follow them.
  private func fraction(
    _ line: Span<UInt8>, _ position: inout Int, after seconds: Int64
  ) throws(LineRejection) -> Int64 {
    guard LineScanner.skip(".", line, &position),
      let decimals = LineScanner.decimal(line, &position, limit: 9)
    else { throw LineRejection(.time, column: position + 1) }
    var nanoseconds = decimals.value
    for _ in decimals.digits..<9 { nanoseconds *= 10 }
    // Ten digits of seconds are at most 9,999,999,999, beyond what a time can be.
    guard seconds < CANFrame.times.upperBound / 1_000_000_000 else {
      throw LineRejection(.time, column: position + 1)
    }
    return seconds * 1_000_000_000 + nanoseconds
  }

  /// Time since the start, from `-tz` or `-td`, which look the same.
  ///
  /// Times since the first frame never fall; as soon as one does, they are known to be distances.
  private mutating func relative(_ value: Int64) -> Int64 {
    let (sum, hasOverflowed) = sumOfDeltas.addingReportingOverflow(value)
    sumOfDeltas = hasOverflowed ? CANFrame.times.upperBound : min(sum, CANFrame.times.upperBound)
    if value < lastRelative { isDelta = true }
    lastRelative = value
    return isDelta ? sumOfDeltas : value
  }

  private mutating func date(
    _ line: Span<UInt8>, _ position: inout Int, year: Int64
  ) throws(LineRejection) -> Int64 {
    let start = position
    func part(_ separator: String, _ position: inout Int) throws(LineRejection) -> Int64 {
      guard LineScanner.skip(separator, line, &position),
        let part = LineScanner.decimal(line, &position, limit: 2)
      else { throw LineRejection(.time, column: start + 1) }
      return part.value
    }
    let month = try part("-", &position)
    let day = try part("-", &position)
    LineScanner.skipBlanks(line, &position)
    _ = LineScanner.skip("T", line, &position)
    let hour = try part("", &position)
    let minute = try part(":", &position)
    let second = try part(":", &position)
    // Nothing was recorded before 1970.
    guard (1970...2116).contains(year), (1...12).contains(month), (1...31).contains(day), hour < 24,
      minute < 60, second < 61
    else { throw LineRejection(.time, column: start + 1) }
    hasZonelessDate = true
    let days = UTCTime.daysSince1970(year: year, month: month, day: day)
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - Int64(secondsEastOfUTC)
    return try fraction(line, &position, after: seconds)
  }
}
