import BatteryModel

/// What the battery asks of charger and loads, and how much of it is used.
enum LimitsSection {
  static func charge(_ scene: MonitorScene) -> ScreenLine {
    var line = start(" Charge", .chargeAllowed, scene)
    let current = scene.number(.current).map { max(0, $0) }
    appendShare(current, of: .chargeCurrentLimit, "CCL", to: &line, scene)
    line.append("  ")
    appendShare(scene.number(.voltage), of: .chargeVoltageLimit, "CVL", to: &line, scene)
    return line
  }

  static func discharge(_ scene: MonitorScene) -> ScreenLine {
    var line = start(" Discharge", .dischargeAllowed, scene)
    let current = scene.number(.current).map { max(0, -$0) }
    appendShare(current, of: .dischargeCurrentLimit, "DCL", to: &line, scene)
    line.append("  ")
    appendReserve(to: &line, scene)
    return line
  }

  private static func start(
    _ title: String, _ permission: BatteryQuantity, _ scene: MonitorScene
  ) -> ScreenLine {
    var line = ScreenLine()
    line.appendLeft(title, 11)
    switch scene.flag(permission) {
    case true?: line.appendLeft("allowed", 11, scene.style(permission))
    case false?: line.appendLeft("FORBIDDEN", 11, scene.style(permission, .warning))
    case nil: line.appendLeft("-", 11, .dim)
    }
    return line
  }

  /// A current or voltage beside its limit, such as `23.0 A of 70.0 A CCL, 33 %`.
  private static func appendShare(
    _ used: Double?, of limit: BatteryQuantity, _ name: String, to line: inout ScreenLine,
    _ scene: MonitorScene
  ) {
    let unit = limit.details.unit
    guard let allowed = scene.number(limit) else {
      line.appendLeft("\(name) -", 29, .dim)
      return
    }
    let decimals = QuantityText.decimals(limit)
    var text = "\(ScreenText.number(allowed, decimals)) \(unit) \(name)"
    var style = scene.style(limit)
    if let used {
      text = "\(ScreenText.number(used, decimals)) of \(text)"
      if allowed > 0 {
        text += ", \(ScreenText.number(100 * used / allowed, 0)) %"
      }
      if used > allowed { style = scene.style(limit, .warning) }
    }
    line.appendLeft(text, 29, style)
  }

  /// How far the voltage is above its lower limit.
  private static func appendReserve(to line: inout ScreenLine, _ scene: MonitorScene) {
    guard let limit = scene.number(.dischargeVoltageLimit) else {
      line.append("DVL -", .dim)
      return
    }
    var text = "DVL \(ScreenText.number(limit, 1)) V"
    var style = scene.style(.dischargeVoltageLimit)
    if let voltage = scene.number(.voltage) {
      let reserve = voltage - limit
      text += reserve < 0 ? ", \(ScreenText.number(-reserve, 1)) V below it" : ""
      if reserve >= 0 { text += ", \(ScreenText.number(reserve, 1)) V above it" }
      if reserve < 0 { style = scene.style(.dischargeVoltageLimit, .warning) }
    }
    line.append(text, style)
  }
}
