import BMSDialects
import BatteryModel
import CANFrames

/// The first line: which battery, how sure that is, from where, and the time.
enum TitleSection {
  static func line(_ scene: MonitorScene) -> ScreenLine {
    let right = right(scene)
    let columns = scene.appearance.columns
    var line = ScreenLine()
    line.appendLeft(
      " " + left(scene), columns - right.unicodeScalars.count - 1,
      ScreenStyle(isBold: true, isReversed: true))
    let full = line.text
    var reversed = ScreenLine(full, ScreenStyle(isBold: true, isReversed: true))
    reversed.append(right + " ", .reversed)
    return reversed.cut(to: columns)
  }

  private static func left(_ scene: MonitorScene) -> String {
    let dialect: String
    switch scene.battery.dialect {
    case .listening:
      return scene.model.health.frameCount == 0
        ? "Nothing heard yet" : "Finding out which battery this is"
    case .none: return "No battery that is known"
    case .given(let given): dialect = "dialect \(scene.appearance.clean(given.name)), as given"
    case .identified(let found, let probability):
      dialect = "dialect \(found.name), \(IdentifyReport.percent(probability)) sure"
    }
    let bus = scene.model.hasSeveralBuses ? scene.model.buses[scene.bus] : nil
    let place = bus.map { " on \(scene.appearance.clean($0))" } ?? ""
    return "\(battery(scene))\(place) (\(dialect))"
  }

  private static func battery(_ scene: MonitorScene) -> String {
    let product = scene.product
    var parts: [String] = []
    if let name = scene.dialect?.productName(product) {
      parts.append(name)
    } else {
      let names = [product[.manufacturer], product[.model]].compactMap { $0 }
      parts.append(
        names.isEmpty ? scene.dialect?.title ?? "" : names.joined(separator: " "))
    }
    if let firmware = product[.firmware] { parts.append("firmware \(firmware)") }
    return scene.appearance.clean(parts.joined(separator: ", "))
  }

  private static func right(_ scene: MonitorScene) -> String {
    var parts = [ScreenText.cut(scene.appearance.clean(shortName(scene.model.name)), 20)]
    if let time = scene.model.time(at: scene.now) { parts.append(scene.clockTime(time)) }
    if scene.model.ended != nil {
      parts.append("ENDED")
    } else if let silence = scene.model.silence(at: scene.now), silence > 3_000_000_000 {
      parts.append("SILENT \(ScreenText.duration(silence))")
    }
    if scene.controls.isPaused {
      let missed = scene.missedFrames ?? 0
      parts.append(missed > 0 ? "PAUSED, \(missed) frames since" : "PAUSED")
    }
    return parts.joined(separator: "  ")
  }

  /// A path's last part.
  private static func shortName(_ name: String) -> String {
    name == "-" ? "standard input" : name.split(separator: "/").last.map(String.init) ?? name
  }
}
