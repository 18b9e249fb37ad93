/// A date as Vector's programs write it, in English or German.
///
///     Fri Dec 27 03:34:56.916 am 2024
///     Fre Dez 27 15:34:56 2024
enum ASCDate {
  /// Reads a date up to the end of the line, as nanoseconds since 1970 were it UTC; `nil` if none
  /// stands there.
  static func read(_ line: Span<UInt8>, _ start: Int) -> Int64? {
    var position = start
    let words = (0..<6).map { _ in LineScanner.word(line, &position) }.filter { !$0.isEmpty }
    // The weekday is not needed, and some leave it out.
    guard let monthAt = words.prefix(2).lastIndex(where: { month(line, $0) != nil }),
      let month = month(line, words[monthAt])
    else { return nil }
    let rest = words[(monthAt + 1)...]
    guard rest.count >= 3, let dayWord = rest.first, let yearWord = rest.last,
      let day = LineScanner.decimalNumber(line, withoutPoint(line, dayWord)),
      let year = LineScanner.decimalNumber(line, yearWord),
      (1...31).contains(day), (1900...2262).contains(year),
      let time = timeOfDay(line, rest[rest.startIndex + 1], half: rest.dropFirst(2).first)
    else { return nil }
    let days = UTCTime.daysSince1970(year: year, month: month, day: day)
    let (midnight, overflows) = days.multipliedReportingOverflow(by: 86_400_000_000_000)
    let (moment, overflowsAgain) = midnight.addingReportingOverflow(time)
    return overflows || overflowsAgain ? nil : moment
  }

  private static func withoutPoint(_ line: Span<UInt8>, _ word: Range<Int>) -> Range<Int> {
    word.last.map { line[$0] == UInt8(ascii: ".") } == true ? word.dropLast() : word
  }

  /// The month that a word begins with the name of, from 1.
  private static func month(_ line: Span<UInt8>, _ word: Range<Int>) -> Int64? {
    let names: [(String, Int64)] = [
      ("jan", 1), ("feb", 2), ("mar", 3), ("mrz", 3), ("apr", 4), ("may", 5), ("mai", 5),
      ("jun", 6), ("jul", 7), ("aug", 8), ("sep", 9), ("oct", 10), ("okt", 10), ("nov", 11),
      ("dec", 12), ("dez", 12),
    ]
    let known = names.first {
      LineScanner.startsAnyCase(line, at: word.lowerBound, with: $0.0) && word.count >= 3
    }
    if let known { return known.1 }
    // The German March, in UTF-8 or an older encoding: an M, one letter beyond ASCII, an r.
    guard let last = word.last, (3...4).contains(word.count),
      LineScanner.startsAnyCase(line, at: word.lowerBound, with: "m"),
      line[word.lowerBound + 1] >= 0x80, line[last] | 0x20 == UInt8(ascii: "r")
    else { return nil }
    return 3
  }

  /// Nanoseconds since midnight of `03:34:56.916`, and of the half of the day if one is named.
  private static func timeOfDay(
    _ line: Span<UInt8>, _ word: Range<Int>, half: Range<Int>?
  ) -> Int64? {
    var position = word.lowerBound
    guard var hour = LineScanner.decimal(line, &position, limit: 2)?.value,
      LineScanner.skip(":", line, &position),
      let minute = LineScanner.decimal(line, &position, limit: 2)?.value,
      LineScanner.skip(":", line, &position),
      let second = LineScanner.decimal(line, &position, limit: 2)?.value,
      hour < 24, minute < 60, second < 61
    else { return nil }
    if let half, LineScanner.equals(line, half, "pm") || LineScanner.equals(line, half, "am") {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (LineScanner.equals(line, half, "pm") ? 12 : 0)
    }
    var nanoseconds: Int64 = 0
    if LineScanner.skip(".", line, &position) {
      guard let fraction = LineScanner.decimal(line, &position, limit: 9) else { return nil }
      nanoseconds = fraction.value
      // Up to three digits are a number of milliseconds: some programs do not pad it.
      for _ in max(3, fraction.digits)..<9 { nanoseconds *= 10 }
    }
    guard position == word.upperBound else { return nil }
    return (hour * 3600 + minute * 60 + second) * 1_000_000_000 + nanoseconds
  }
}

extension ASCDate {
  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Appends `Fri Dec 27 03:34:56.916 am 2024`, which every reader of the format understands.
  ///
  /// - Parameters:
  ///   - nanoseconds: The moment since 1970, were it UTC.
  ///   - text: What the date is appended to, as ASCII.
  static func append(_ nanoseconds: Int64, to text: inout [UInt8]) {
    let (days, timeOfDay) = UTCTime.floorDivision(nanoseconds, 86_400_000_000_000)
    let date = UTCTime.civilDate(daysSince1970: days)
    // 1970-01-01 was a Thursday.
    let weekday = weekdays[Int(UTCTime.floorDivision(days + 4, 7).1)]
    let milliseconds = UInt64(timeOfDay / 1_000_000)
    let hour = milliseconds / 3_600_000
    text.appendText(atMost: 48) { text in
      text.put("\(weekday) \(months[Int(date.month - 1)]) \(date.day) ")
      text.putDecimal((hour + 11) % 12 + 1, width: 2)
      text.put(":")
      text.putDecimal(milliseconds / 60_000 % 60, width: 2)
      text.put(":")
      text.putDecimal(milliseconds / 1000 % 60, width: 2)
      text.put(".")
      text.putDecimal(milliseconds % 1000, width: 3)
      text.put(hour < 12 ? " am " : " pm ")
      text.putDecimal(UInt64(max(0, date.year)), width: 4)
    }
  }
}
