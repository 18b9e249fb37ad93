/// A moment as people and JSON write it, `2021-04-08T17:00:00.123456Z`.
public enum UTCTime {
  /// How much of a second is written.
  public enum Precision: Int, Sendable {
    case seconds = 0
    case milliseconds = 3
    case microseconds = 6
  }

  /// Appends a moment; what is finer than `precision` is cut off.
  ///
  /// - Parameters:
  ///   - nanoseconds: Since 1970-01-01T00:00:00Z.
  ///   - precision: How many decimals the seconds get.
  ///   - text: What the moment is appended to, as ASCII.
  public static func append(
    _ nanoseconds: Int64, _ precision: Precision = .microseconds, to text: inout [UInt8]
  ) {
    let (seconds, rest) = floorDivision(nanoseconds, 1_000_000_000)
    let (days, secondOfDay) = floorDivision(seconds, 86_400)
    let date = civilDate(daysSince1970: days)
    appendDigits(date.year, 4, to: &text)
    text.append(UInt8(ascii: "-"))
    appendDigits(date.month, 2, to: &text)
    text.append(UInt8(ascii: "-"))
    appendDigits(date.day, 2, to: &text)
    text.append(UInt8(ascii: "T"))
    appendDigits(secondOfDay / 3600, 2, to: &text)
    text.append(UInt8(ascii: ":"))
    appendDigits(secondOfDay / 60 % 60, 2, to: &text)
    text.append(UInt8(ascii: ":"))
    appendDigits(secondOfDay % 60, 2, to: &text)
    if precision != .seconds {
      text.append(UInt8(ascii: "."))
      let fraction = precision == .milliseconds ? rest / 1_000_000 : rest / 1000
      appendDigits(fraction, precision.rawValue, to: &text)
    }
    text.append(UInt8(ascii: "Z"))
  }

  /// A moment as text.
  public static func text(_ nanoseconds: Int64, _ precision: Precision = .microseconds) -> String {
    var text: [UInt8] = []
    append(nanoseconds, precision, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Days from 1970-01-01 to a date of the Gregorian calendar.
  ///
  /// Counted in years that begin in March, so that a leap day is the last day of its year.
  public static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
    let marchYear = month > 2 ? year : year - 1
    let monthsSinceMarch = (month + 9) % 12
    let dayOfYear = (153 * monthsSinceMarch + 2) / 5 + day - 1
    return 365 * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
  }

  static func civilDate(
    daysSince1970 days: Int64
  ) -> (year: Int64, month: Int64, day: Int64) {
    // Every 400 years have 146,097 days; the first is a March 1st.
    let (era, dayOfEra) = floorDivision(days + 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthsSinceMarch = (5 * dayOfYear + 2) / 153
    let month = monthsSinceMarch < 10 ? monthsSinceMarch + 3 : monthsSinceMarch - 9
    let day = dayOfYear - (153 * monthsSinceMarch + 2) / 5 + 1
    return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
  }

  /// A moment in nanoseconds, so many seconds later; `nil` if 64 bits do not hold it.
  static func shifted(_ nanoseconds: Int64, bySeconds seconds: Int) -> Int64? {
    let (distance, overflows) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflowsAgain) = nanoseconds.addingReportingOverflow(distance)
    return overflows || overflowsAgain ? nil : sum
  }

  static func floorDivision(_ number: Int64, _ divisor: Int64) -> (Int64, Int64) {
    let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
  }

  private static func appendDigits(_ number: Int64, _ width: Int, to text: inout [UInt8]) {
    var divisor: Int64 = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor > 0 {
      text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
      divisor /= 10
    }
  }
}
