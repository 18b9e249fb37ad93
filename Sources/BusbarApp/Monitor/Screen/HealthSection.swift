import CANFrames

/// The bus: rate, load, losses, errors, state, and what happened last.
enum HealthSection {
  /// One line of figures and so many lines of what happened.
  static func lines(_ scene: MonitorScene, happenings limit: Int) -> [ScreenLine] {
    [figures(scene)]
      + scene.model.health.happenings.suffix(limit).reversed().map { happening($0, scene) }
  }

  private static func figures(_ scene: MonitorScene) -> ScreenLine {
    let health = scene.model.health
    var line = ScreenLine()
    line.appendLeft(" Bus", 6, ScreenStyle(isBold: true, colour: .cyan))
    line.append("\(health.lostCount) lost", health.lostCount > 0 ? .alarm : .plain)
    line.append(
      "  \(health.errorCount) error\(health.errorCount == 1 ? "" : "s")",
      health.errorCount > 0 ? .warning : .plain)
    if let state = health.controllerState {
      line.append("  \(state)", state == "error active" ? .plain : .warning)
    }
    if !health.isUp { line.append("  INTERFACE DOWN", .alarm) }
    let rate = scene.model.rate(at: scene.now)
    line.append("  \(health.frameCount) frames")
    line.append(rate.map { ", \(ScreenText.number($0.frames, 1))/s" } ?? "")
    // The rate is that of all buses together, of which a share of one bus's bit rate says nothing.
    if !scene.model.hasSeveralBuses { line.append(load(rate, scene.model.bitRate)) }
    if scene.model.messages.uncountedFrames > 0 {
      line.append(" (\(scene.model.messages.uncountedFrames) of further ids)", .warning)
    }
    return line
  }

  private static func load(
    _ rate: TrafficMeter.Rate?, _ bitRate: MonitorModel.BitRate
  ) -> String {
    let (most, isAssumed): (Int, Bool)
    switch bitRate {
    case .known(let known): (most, isAssumed) = (known, false)
    case .assumed(let assumed): (most, isAssumed) = (assumed, true)
    case .unknown: return ""
    }
    guard let rate, most > 0 else { return "" }
    let share = 100 * rate.bits / Double(most)
    let kilobits = ScreenText.number(Double(most) / 1000, most % 1000 == 0 ? 0 : 1)
    return "  load \(ScreenText.number(share, share < 10 ? 1 : 0)) % of \(kilobits) kbit/s"
      + (isAssumed ? " assumed" : "")
  }

  private static func happening(
    _ happening: BusHealth.Happening, _ scene: MonitorScene
  ) -> ScreenLine {
    var line = ScreenLine("      ")
    if let time = happening.time { line.append("\(scene.clockTime(time))  ", .dim) }
    line.append(scene.appearance.clean(happening.text), .warning)
    return line
  }
}
