import BMSDialects
import BatteryModel
import CANFrames
import DBC

/// How values and times are written in rows.
enum ColumnText {
  /// A value without its unit; empty if it is not available.
  static func text(_ value: DecodedValue) -> String {
    switch value {
    case .number(let number): number.description
    case .real(let number): "\(number)"
    case .text(let text): text
    case .flag(let flag): flag ? "yes" : "no"
    case .alarm(let state): state.rawValue
    case .notAvailable: ""
    }
  }

  /// A frame's time: a date in UTC, seconds since the start with a `+`, or nothing.
  static func time(of frame: CANFrame) -> String {
    if let time = frame.absoluteTime { return UTCTime.text(time, .milliseconds) }
    guard let time = frame.sourceTime else { return "" }
    return "+" + FixedDecimal(scaled: time / 1_000_000, decimals: 3).description
  }

  /// `text` at the right end of `width` characters, one blank before it.
  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }

  /// `text` at the left end of `width` characters, one blank after it.
  static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
