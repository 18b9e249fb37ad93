import CANFrames
import CANInterfaces

/// How a log is read and replayed.
extension ConfigurationReader {
  mutating func readSpeed(_ value: SettingValue?) -> ReplaySpeed {
    guard let value else { return .asRecorded }
    if let speed = ReplaySpeed(value.text) { return speed }
    refuse(value.origin, "'\(value.text)': expected 1, a number of times as fast, or max")
    return .asRecorded
  }

  mutating func readFormat(_ value: SettingValue?) -> LogFormat? {
    guard let value else { return nil }
    if let format = LogFormat(rawValue: value.text) { return format }
    let names = LogFormat.allCases.map(\.rawValue).joined(separator: ", ")
    refuse(value.origin, "'\(value.text)': expected one of \(names)")
    return nil
  }

  mutating func readZone(_ value: SettingValue?) -> Int {
    guard let value else { return 0 }
    if let hours = Double(value.text), (-14...14).contains(hours) {
      return Int((hours * 3600).rounded())
    }
    refuse(value.origin, "'\(value.text)': expected hours east of UTC, from -14 to 14")
    return 0
  }
}
