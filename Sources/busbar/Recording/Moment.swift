import ArgumentParser
import BusbarApp
import CANFrames
import CANInterfaces
import Foundation

/// A moment as `--from` and `--until` take it: `2026-11-22T10:00:00Z`, `2026-11-22`, or `-7d`.
struct Moment: ExpressibleByArgument, Hashable {
  /// Since 1970.
  var nanoseconds: Int64

  init?(argument: String) {
    if argument.hasPrefix("-"), let age = Age(String(argument.dropFirst())) {
      nanoseconds = SystemClock.realtime - age.nanoseconds
      return
    }
    var text = argument
    if text.count == 10 { text += "T00:00:00Z" }
    let parser = ISO8601DateFormatter()
    parser.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    let whole = ISO8601DateFormatter()
    guard let date = parser.date(from: text) ?? whole.date(from: text),
      abs(date.timeIntervalSince1970) < 9e9
    else { return nil }
    nanoseconds = Int64((date.timeIntervalSince1970 * 1e6).rounded()) * 1000
  }
}
