/// The last line: the keys, or the filter that is being typed.
enum FooterSection {
  static func line(_ scene: MonitorScene) -> ScreenLine {
    let controls = scene.controls
    if controls.isTyping {
      var line = ScreenLine(" Filter: \(controls.filter)", .bold)
      line.append("_", .reversed)
      line.append("   Enter keeps it, Esc shows all", .dim)
      return line
    }
    var line = ScreenLine(" q", .bold)
    line.append(" quit  ")
    for (key, word) in keys(scene) {
      line.append(key, .bold)
      line.append(" \(word)  ")
    }
    return line
  }

  private static func keys(_ scene: MonitorScene) -> [(String, String)] {
    let controls = scene.controls
    let pause = ("p", controls.isPaused ? "go on" : "pause")
    switch controls.page {
    case .battery:
      let filter = controls.filter.isEmpty ? ("/", "filter") : ("Esc", "no filter")
      let next = scene.model.batteryBuses.count > 1 ? [("b", "next battery")] : []
      return [pause] + next + [filter, ("j k", "choose"), ("d", "details"), ("?", "help")]
    case .details: return [pause, ("j k", "next, previous"), ("d", "back"), ("?", "help")]
    case .help: return [pause, ("?", "back")]
    }
  }
}
