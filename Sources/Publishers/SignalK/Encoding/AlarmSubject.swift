import BatteryModel

/// What an alarm and a warning are both about, such as `high_voltage`: one path of notifications.
struct AlarmSubject: Sendable {
  /// As the catalogue writes it.
  let name: String
  let alarm: BatteryQuantity?
  let warning: BatteryQuantity?

  /// Every subject of the catalogue, in its order.
  static let all: [Self] = {
    var names: [Substring] = []
    for case let name? in BatteryQuantity.alarms.map(\.alarmSubject) where !names.contains(name) {
      names.append(name)
    }
    return names.map { name in
      Self(
        name: String(name), alarm: BatteryQuantity(rawValue: "alarm_\(name)"),
        warning: BatteryQuantity(rawValue: "warning_\(name)"))
    }
  }()

  /// The last segment of the path, such as `highVoltage`.
  var segment: String {
    let words = name.split(separator: "_")
    return words.dropFirst().reduce(words.first.map(String.init) ?? "") { text, word in
      text + word.prefix(1).uppercased() + word.dropFirst()
    }
  }

  /// The subject in a sentence, such as `high voltage`.
  var words: String {
    switch name {
    case "general": "general alarm"
    case "high_temperature_charge": "high temperature while charging"
    case "low_temperature_charge": "low temperature while charging"
    case "contactor": "contactor fault"
    case "bms_internal": "internal BMS fault"
    default: name.split(separator: "_").joined(separator: " ")
    }
  }

  /// The sentence for people; it stays the same for as long as the state does.
  ///
  ///     House battery: high voltage since 10:04:09Z
  func message(about battery: SignalKBattery, _ finding: AlarmLevel.Finding) -> String {
    guard finding.state != .normal else { return "\(battery.title): no \(words)" }
    let since = finding.since.map { " since \(SignalKTimestamp.timeOfDay($0))" } ?? ""
    return "\(battery.title): \(words)\(since)"
  }
}
