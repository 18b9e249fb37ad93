/// What a terminal can show, and how times are written for its user.
package struct ScreenAppearance: Hashable, Sendable {
  package var columns: Int
  package var rows: Int
  /// Whether more than ASCII may be written.
  package var hasUnicode: Bool
  /// The user's zone.
  package var secondsEastOfUTC: Int

  package init(columns: Int, rows: Int, hasUnicode: Bool, secondsEastOfUTC: Int = 0) {
    self.columns = columns
    self.rows = rows
    self.hasUnicode = hasUnicode
    self.secondsEastOfUTC = secondsEastOfUTC
  }

  func clean(_ text: String) -> String { ScreenText.clean(text, hasUnicode: hasUnicode) }

  var degree: String { hasUnicode ? "\u{B0}C" : "degC" }

  /// The catalogue's unit as it is shown.
  func unit(_ unit: String) -> String { unit == "degC" ? degree : clean(unit) }

  /// A bar of so many columns, filled from the left by a share of 0 to 1.
  func bar(_ share: Double, columns: Int) -> (full: String, rest: String) {
    let share = min(1, max(0, share.isFinite ? share : 0))
    let full = Int((share * Double(columns)).rounded())
    return (
      String(repeating: hasUnicode ? "\u{2588}" : "#", count: full),
      String(repeating: hasUnicode ? "\u{2591}" : ".", count: columns - full)
    )
  }

  /// A moment on the frames' scale: the time of day for a date, seconds since the start otherwise.
  func clockTime(_ time: Int64, from firstAbsoluteTime: Int64) -> String {
    guard time >= firstAbsoluteTime else { return "+\(ScreenText.number(Double(time) / 1e9, 1)) s" }
    let seconds = time / 1_000_000_000 + Int64(secondsEastOfUTC)
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(seconds / 3600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }
}
