import Foundation

/// A moment as Signal K writes it: `2026-11-22T10:04:09.250Z`.
enum SignalKTimestamp {
  /// The moment in UTC with milliseconds, cut and not rounded, so that it is never in the future.
  ///
  /// - Parameter nanoseconds: Since 1970-01-01T00:00:00Z.
  /// - Returns: Such as `2026-11-22T10:04:09.250Z`; `nil` for a time that only a clock shows that
  ///   was never set, so that the server's own clock counts.
  static func text(_ nanoseconds: Int64) -> String? {
    guard nanoseconds >= firstPlausible else { return nil }
    let (seconds, rest) = split(nanoseconds)
    let milliseconds = String(rest / 1_000_000)
    let padding = String(repeating: "0", count: 3 - milliseconds.count)
    return "\(text(ofSeconds: seconds).dropLast()).\(padding)\(milliseconds)Z"
  }

  /// The time of day alone, for a message that people read: `10:04:09Z`.
  static func timeOfDay(_ nanoseconds: Int64) -> Substring {
    text(ofSeconds: split(nanoseconds).seconds).suffix(9)
  }

  /// 2015-01-01T00:00:00Z.
  private static let firstPlausible: Int64 = 1_420_070_400_000_000_000

  private static func text(ofSeconds seconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
  }

  private static func split(_ nanoseconds: Int64) -> (seconds: Int64, rest: Int64) {
    let rest = nanoseconds % 1_000_000_000
    let floor = rest < 0 ? rest + 1_000_000_000 : rest
    return ((nanoseconds - floor) / 1_000_000_000, floor)
  }
}
