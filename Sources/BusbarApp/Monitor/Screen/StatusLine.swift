import BatteryModel
import CANFrames

/// The battery in one line, for pipes and terminals that cannot be drawn on.
package enum StatusLine {
  private static let quantities: [BatteryQuantity] = [
    .stateOfCharge, .voltage, .current, .power, .temperature, .chargeVoltageLimit,
    .chargeCurrentLimit, .dischargeCurrentLimit, .dischargeVoltageLimit, .cellVoltageMin,
    .cellVoltageMax,
  ]

  /// Values, permissions, alarms; the same text as long as nothing changes.
  ///
  /// - Parameters:
  ///   - model: What is known.
  ///   - now: The time on the clock that ages are counted on, in nanoseconds.
  ///   - hasUnicode: Whether more than ASCII may be written.
  /// - Returns: One line without its end; empty before the first frame.
  package static func text(_ model: MonitorModel, now: Int64, hasUnicode: Bool) -> String {
    guard model.health.frameCount + model.health.errorCount > 0 else { return "" }
    let appearance = ScreenAppearance(columns: 80, rows: 24, hasUnicode: hasUnicode)
    let scenes = model.batteryBuses.map { bus in
      MonitorScene(model, MonitorControls(), appearance, now: now, bus: bus)
    }.filter(\.hasBattery)
    guard !scenes.isEmpty else { return traffic(model) }
    var text = scenes.map { scene in
      let bus = model.hasSeveralBuses ? model.buses[scene.bus] : nil
      return (bus.map { appearance.clean($0) + ": " } ?? "") + battery(scene)
    }.joined(separator: " | ")
    if model.health.lostCount > 0 { text += "; \(model.health.lostCount) frames lost" }
    if !model.health.isUp { text += "; interface down" }
    return text
  }

  private static func battery(_ scene: MonitorScene) -> String {
    var parts = quantities.compactMap { value($0, scene) }
    for (permission, word) in [
      (BatteryQuantity.chargeAllowed, "charge"), (.dischargeAllowed, "discharge"),
    ] {
      if let flag = scene.flag(permission) { parts.append("\(word) \(flag ? "yes" : "NO")") }
    }
    if let status = scene.text(.systemStatus) { parts.append(status) }
    var text = parts.joined(separator: ", ")
    for (alarm, _) in scene.activeAlarms { text += "; \(alarm.details.title)" }
    for doubted in scene.battery.doubts(at: scene.now) {
      text += "; doubtful: " + scene.appearance.clean("\(doubted.doubt)")
    }
    return text
  }

  /// What is to stand before the line: the time of the newest frame and a blank; or nothing.
  static func time(_ model: MonitorModel, now: Int64) -> String {
    guard let time = model.time(at: now), time >= CANFrame.firstAbsoluteTime else { return "" }
    return UTCTime.text(time, .seconds) + " "
  }

  private static func value(_ quantity: BatteryQuantity, _ scene: MonitorScene) -> String? {
    guard let number = scene.number(quantity) else { return nil }
    let name = QuantityText.shortName(quantity)
    let isCell = quantity == .cellVoltageMin || quantity == .cellVoltageMax
    let sign = (quantity == .current || quantity == .power) && number > 0 ? "+" : ""
    return (name.isEmpty ? "" : (isCell ? "cell " : "") + name + " ") + sign
      + ScreenText.number(number, QuantityText.decimals(quantity)) + " "
      + scene.appearance.unit(quantity.details.unit)
  }

  private static func traffic(_ model: MonitorModel) -> String {
    "no battery yet: \(model.health.frameCount) frames of "
      + "\(model.messages.rows.count) ids, \(model.health.errorCount) errors"
  }
}
