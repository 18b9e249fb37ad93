import BatteryModel

/// Alarms and warnings in words, and what is not believed.
enum AlarmSection {
  /// At most so many lines.
  static func lines(_ scene: MonitorScene, limit: Int) -> [ScreenLine] {
    let all = alarms(scene) + doubts(scene)
    guard all.count > limit else { return all }
    let more = all.count - limit + 1
    return all.prefix(limit - 1) + [ScreenLine("           and \(more) more", .warning)]
  }

  private static func alarms(_ scene: MonitorScene) -> [ScreenLine] {
    let active = scene.activeAlarms.sorted {
      ($0.quantity.isAlarm ? 0 : 1) < ($1.quantity.isAlarm ? 0 : 1)
    }
    guard active.isEmpty else {
      return active.map { activeLine($0.quantity, $0.reading, scene) }
    }
    guard scene.hasBattery else { return [] }
    var line = ScreenLine()
    line.appendLeft(" Alarms", 11)
    let quiet = scene.quietAlarmCount
    line.append(quiet > 0 ? "none of \(quiet)" : "-", quiet > 0 ? .plain : .dim)
    return [line]
  }

  private static func activeLine(
    _ alarm: BatteryQuantity, _ reading: BatterySnapshot.Reading, _ scene: MonitorScene
  ) -> ScreenLine {
    let style = scene.style(alarm, alarm.isAlarm ? .alarm : .warning)
    var line = ScreenLine()
    line.appendLeft(alarm.isAlarm ? " ALARM" : " Warning", 11, style)
    let words = String(alarm.alarmSubject ?? "").replacing("_", with: " ")
    line.append(words.replacing("bms", with: "BMS"), style)
    line.append(since(alarm, reading, scene), style)
    return line
  }

  /// Since when, by the bus's clock if it has one.
  private static func since(
    _ alarm: BatteryQuantity, _ reading: BatterySnapshot.Reading, _ scene: MonitorScene
  ) -> String {
    if let since = reading.since, let time = scene.model.time(at: scene.now), time >= since {
      return " since \(scene.clockTime(since)), for \(ScreenText.duration(time - since))"
    }
    return scene.battery.raised(alarm).map {
      " for \(ScreenText.duration(scene.now - $0))"
    } ?? ""
  }

  private static func doubts(_ scene: MonitorScene) -> [ScreenLine] {
    scene.battery.doubts(at: scene.now).map { doubted in
      var line = ScreenLine()
      line.appendLeft(" Doubtful", 11, .doubtful)
      line.append(scene.appearance.clean("\(doubted.doubt)"), .doubtful)
      return line
    }
  }
}
