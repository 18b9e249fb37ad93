import BatteryModel

/// The battery: charge, voltage, current, limits, cells, permissions.
enum BatterySection {
  static func lines(_ scene: MonitorScene) -> [ScreenLine] {
    guard scene.hasBattery else { return [ScreenLine(" No value of a battery", .dim)] }
    return [
      charge(scene), measurements(scene), LimitsSection.charge(scene),
      LimitsSection.discharge(scene), cells(scene),
    ] + CellSection.lines(scene)
  }

  private static func charge(_ scene: MonitorScene) -> ScreenLine {
    var line = ScreenLine()
    line.appendLeft(" SOC", 11)
    if let percent = scene.number(.stateOfCharge) {
      let bar = scene.appearance.bar(percent / 100, columns: scene.appearance.columns / 3)
      line.append(
        bar.full, scene.style(.stateOfCharge, ScreenStyle(colour: colour(ofCharge: percent))))
      line.append(bar.rest, .dim)
      line.append("  ")
    }
    append(.stateOfCharge, to: &line, scene, ScreenStyle.bold)
    appendKnown(.stateOfHealth, "SOH", to: &line, scene)
    appendKnown(.capacityRemaining, "remaining", to: &line, scene)
    appendKnown(.capacityInstalled, "installed", to: &line, scene)
    appendKnown(.capacityReported, "capacity", to: &line, scene)
    return line
  }

  private static func colour(ofCharge percent: Double) -> ScreenStyle.Colour {
    percent < 10 ? .red : percent < 20 ? .yellow : .green
  }

  private static func measurements(_ scene: MonitorScene) -> ScreenLine {
    var line = ScreenLine()
    line.appendLeft(" Now", 11)
    append(.voltage, to: &line, scene, .bold)
    line.append("  ")
    append(.current, to: &line, scene, .bold, isSigned: true)
    line.append("  ")
    append(.power, to: &line, scene, .bold, isSigned: true)
    if let current = scene.number(.current) {
      let word = current > 0 ? "charging" : current < 0 ? "discharging" : "at rest"
      line.append("  " + word, scene.style(.current))
    }
    line.append("  ")
    append(.temperature, to: &line, scene, .bold)
    line.append("  Contactor ")
    line.append(contactor(scene), scene.style(.systemStatus))
    return line
  }

  private static func cells(_ scene: MonitorScene) -> ScreenLine {
    var line = ScreenLine()
    line.appendLeft(" Cells", 11)
    if scene.reading(.cellVoltageMin) != nil || scene.reading(.cellVoltageMax) != nil {
      append(.cellVoltageMin, to: &line, scene)
      line.append(name(.cellVoltageMinId, scene), scene.style(.cellVoltageMinId))
      line.append(" to ")
      append(.cellVoltageMax, to: &line, scene)
      line.append(name(.cellVoltageMaxId, scene), scene.style(.cellVoltageMaxId))
      line.append(", spread ")
      append(.cellVoltageSpread, to: &line, scene)
    } else {
      line.append("-", .dim)
    }
    if let low = scene.number(.cellTemperatureMin), let high = scene.number(.cellTemperatureMax) {
      line.append(
        ", \(ScreenText.number(low, 1))\(name(.cellTemperatureMinId, scene)) to "
          + "\(ScreenText.number(high, 1))\(name(.cellTemperatureMaxId, scene)) "
          + scene.appearance.degree, scene.style(.cellTemperatureMax))
    }
    appendKnown(.modulesOnline, "modules", to: &line, scene)
    appendKnown(.modulesOffline, "offline", to: &line, scene)
    for (demand, words) in [
      (BatteryQuantity.forceCharge, "CHARGE DEMANDED"),
      (.fullChargeRequested, "full charge requested"),
    ] where scene.flag(demand) == true {
      line.append("  " + words, scene.style(demand, .warning))
    }
    return line
  }

  /// `system_status` is offline while the contactor is open.
  private static func contactor(_ scene: MonitorScene) -> String {
    switch scene.text(.systemStatus) {
    case nil: "-"
    case "online": "closed"
    case "offline": "open"
    case let other?: other
    }
  }

  /// Which cell or sensor it is, in brackets.
  private static func name(_ quantity: BatteryQuantity, _ scene: MonitorScene) -> String {
    scene.text(quantity).map { " (\($0))" } ?? ""
  }

  /// A value with its unit; a dash if it is absent.
  static func append(
    _ quantity: BatteryQuantity, to line: inout ScreenLine, _ scene: MonitorScene,
    _ style: ScreenStyle = .plain, isSigned: Bool = false
  ) {
    let unit = scene.appearance.unit(quantity.details.unit)
    guard let number = scene.number(quantity) else {
      line.append("-" + (unit.isEmpty ? "" : " " + unit), .dim)
      return
    }
    let digits = ScreenText.number(number, QuantityText.decimals(quantity))
    let sign = isSigned && number > 0 ? "+" : ""
    line.append(
      sign + digits + (unit.isEmpty ? "" : " " + unit), scene.style(quantity, style))
  }

  /// Two blanks, a word and the value, if it is there.
  private static func appendKnown(
    _ quantity: BatteryQuantity, _ word: String, to line: inout ScreenLine, _ scene: MonitorScene
  ) {
    guard scene.reading(quantity) != nil else { return }
    line.append("  \(word) ", scene.style(quantity))
    append(quantity, to: &line, scene)
  }
}
