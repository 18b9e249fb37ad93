import CANFrames

/// A moment in a log as a command line names it.
///
///     2024-12-27T03:34:56.5Z   2024-12-27T04:34+01:00   a date, with its zone
///     1735270496.5   12.5                               seconds as they stand in the log
///     +10s   +500ms   +5m   +1.5h                       since the log's first frame
package enum TimeBound: Hashable, Sendable {
  /// On the scale of ``CANFrame/timestamp``.
  case moment(Int64)
  /// Nanoseconds since the first frame that has a time.
  case sinceStart(Int64)

  /// Reads a moment; `nil` if it is none, or a date without a zone.
  package init?(_ text: String) {
    if text.first == "+" {
      let number = text.dropFirst().prefix { $0.isNumber || $0 == "." }
      let unit = text.dropFirst(1 + number.count)
      guard let nanoseconds = Self.nanoseconds(number),
        let factor: Int64 = ["ms": 0, "": 1, "s": 1, "m": 60, "min": 60, "h": 3600][String(unit)]
      else { return nil }
      let (product, hasOverflowed) = nanoseconds.multipliedReportingOverflow(by: factor)
      guard !hasOverflowed else { return nil }
      self = .sinceStart(factor == 0 ? nanoseconds / 1000 : product)
    } else if let seconds = Self.nanoseconds(text[...]) {
      self = .moment(seconds)
    } else if let date = Self.date(text) {
      self = .moment(date)
    } else {
      return nil
    }
  }

  /// The bound on the log's own scale.
  func time(after start: Int64) -> Int64 {
    switch self {
    case .moment(let time): return time
    case .sinceStart(let distance):
      let (time, hasOverflowed) = start.addingReportingOverflow(distance)
      return hasOverflowed ? .max : time
    }
  }

  /// A decimal number of seconds.
  private static func nanoseconds(_ text: Substring) -> Int64? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let seconds = whole(first) else { return nil }
    var nanoseconds: Int64 = 0
    if parts.count == 2 {
      let digits = parts[1].prefix(9)
      guard let fraction = whole(digits), whole(parts[1]) != nil else { return nil }
      nanoseconds = (digits.utf8.count..<9).reduce(fraction) { number, _ in number * 10 }
    }
    guard seconds < Int64.max / 1_000_000_000 else { return nil }
    return seconds * 1_000_000_000 + nanoseconds
  }

  /// A number of digits alone, at most 18.
  private static func whole(_ text: Substring) -> Int64? {
    let isNumber = (1...18).contains(text.utf8.count) && text.utf8.allSatisfy { 48...57 ~= $0 }
    return isNumber ? Int64(text) : nil
  }

  /// `2024-12-27T03:34[:56[.5]]` and `Z` or `+01:00`.
  private static func date(_ text: String) -> Int64? {
    let halves = text.split { $0 == "T" || $0 == " " }
    guard halves.count == 2 else { return nil }
    let day = halves[0].split(separator: "-", omittingEmptySubsequences: false).map(whole)
    guard let zoneStart = halves[1].firstIndex(where: { "Z+-".contains($0) }),
      let zone = zone(halves[1][zoneStart...])
    else { return nil }
    let clock = halves[1][..<zoneStart].split(separator: ":", omittingEmptySubsequences: false)
    guard day.count == 3, let year = day[0], let month = day[1], let date = day[2],
      (1970...2261).contains(year), (1...12).contains(month), (1...31).contains(date),
      (2...3).contains(clock.count), let hour = whole(clock[0]), let minute = whole(clock[1]),
      hour < 24, minute < 60, let second = clock.count == 3 ? nanoseconds(clock[2]) : 0,
      second < 61_000_000_000
    else { return nil }
    let days = UTCTime.daysSince1970(year: year, month: month, day: date)
    return (days * 86_400 + hour * 3600 + minute * 60 - zone) * 1_000_000_000 + second
  }

  /// Seconds east of UTC from `Z`, `+01`, `+0100` or `+01:00`.
  private static func zone(_ text: Substring) -> Int64? {
    if text == "Z" { return 0 }
    let digits = text.dropFirst().filter { $0 != ":" }
    guard digits.count == 2 || digits.count == 4, let hours = whole(digits.prefix(2)),
      let minutes = digits.count == 4 ? whole(digits.suffix(2)) : 0, hours <= 14, minutes < 60
    else { return nil }
    return (text.first == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}
