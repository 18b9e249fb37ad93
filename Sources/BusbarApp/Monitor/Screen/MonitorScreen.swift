/// Draws the monitor's picture: a function of what is known, what is chosen, the size and the time.
package enum MonitorScreen {
  /// Below this nothing useful fits.
  package static let smallestColumns = 60
  package static let smallestRows = 16

  /// The picture: exactly as many lines as the terminal has rows, none wider than it.
  ///
  /// - Parameters:
  ///   - model: What is known.
  ///   - controls: What the user has chosen.
  ///   - appearance: The terminal's size and what it can show.
  ///   - now: The time on the clock that ages are counted on, in nanoseconds.
  ///   - missedFrames: How many frames came since the user paused.
  /// - Returns: The lines from top to bottom.
  package static func lines(
    _ model: MonitorModel, _ controls: MonitorControls, _ appearance: ScreenAppearance, now: Int64,
    missedFrames: Int? = nil
  ) -> [ScreenLine] {
    guard appearance.columns >= smallestColumns, appearance.rows >= smallestRows else {
      return fitted(tooSmall(appearance), appearance)
    }
    let scene = MonitorScene(
      model, controls, appearance, now: now, missedFrames: missedFrames)
    var lines = [TitleSection.line(scene)]
    switch controls.page {
    case .battery: lines += battery(scene)
    case .details: lines += DetailsPage.lines(scene, height: appearance.rows - 2)
    case .help: lines += HelpPage.lines(scene)
    }
    while lines.count < appearance.rows - 1 { lines.append(ScreenLine()) }
    lines = Array(lines.prefix(appearance.rows - 1)) + [FooterSection.line(scene)]
    return fitted(lines, appearance)
  }

  private static func battery(_ scene: MonitorScene) -> [ScreenLine] {
    let rows = scene.appearance.rows
    let top = BatterySection.lines(scene) + AlarmSection.lines(scene, limit: max(3, rows / 6))
    let bottom = HealthSection.lines(scene, happenings: max(1, rows / 10 - 1))
    // Title and footer stand outside of what is divided here.
    let height = max(2, rows - 2 - top.count - bottom.count)
    return top + MessageSection.lines(scene, height: height) + bottom
  }

  private static func tooSmall(_ appearance: ScreenAppearance) -> [ScreenLine] {
    [
      ScreenLine("\(appearance.columns)x\(appearance.rows) is too small,"),
      ScreenLine("\(smallestColumns)x\(smallestRows) is needed. q quits."),
    ]
  }

  private static func fitted(
    _ lines: [ScreenLine], _ appearance: ScreenAppearance
  ) -> [ScreenLine] {
    var fitted = lines.prefix(max(0, appearance.rows)).map { $0.cut(to: appearance.columns) }
    while fitted.count < appearance.rows { fitted.append(ScreenLine()) }
    return fitted
  }
}
