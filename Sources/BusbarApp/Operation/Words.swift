/// Durations for people.
enum Words {
  /// Such as `3 s`, `4 min 5 s`, `2 h 3 min` or `5 d 4 h`; nanoseconds below 0 count as 0.
  static func duration(_ nanoseconds: Int64) -> String {
    let seconds = max(0, nanoseconds) / 1_000_000_000
    switch seconds {
    case ..<60: return "\(seconds) s"
    case ..<3600: return "\(seconds / 60) min \(seconds % 60) s"
    case ..<86_400: return "\(seconds / 3600) h \(seconds / 60 % 60) min"
    default: return "\(seconds / 86_400) d \(seconds / 3600 % 24) h"
    }
  }
}
