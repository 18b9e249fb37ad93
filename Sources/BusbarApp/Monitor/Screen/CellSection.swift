import BatteryModel

/// The voltages of single cells, for batteries that tell them; two lines at most.
enum CellSection {
  private static let mostLines = 2

  static func lines(_ scene: MonitorScene) -> [ScreenLine] {
    let cells = scene.cellVoltages
    guard !cells.isEmpty else { return [] }
    let lowest = cells.compactMap(\.value).min()
    let highest = cells.compactMap(\.value).max()
    let width = 6 + String(cells.map(\.number).max() ?? 0).count + 2
    let perLine = max(1, (scene.appearance.columns - 11) / width)
    let room = perLine * mostLines
    // How many are left out takes the room of two.
    let shown = cells.prefix(cells.count <= room ? room : room - 2)
    var lines: [ScreenLine] = []
    for (place, cell) in shown.enumerated() {
      if place % perLine == 0 {
        var line = ScreenLine()
        line.appendLeft(place == 0 ? " Each, V" : "", 11)
        lines.append(line)
      }
      var style = ScreenStyle.plain
      // Where all are equal, none stands out.
      if let value = cell.value, lowest != highest, value == lowest || value == highest {
        style = .bold
      }
      let text = cell.value.map { ScreenText.number($0, 3) } ?? "-"
      lines[lines.count - 1].append("\(cell.number):", .dim)
      lines[lines.count - 1].appendLeft(
        text, width - String(cell.number).count - 1, cell.value == nil ? .dim : style)
    }
    if cells.count > shown.count {
      lines[lines.count - 1].append("and \(cells.count - shown.count) more", .dim)
    }
    return lines
  }
}

extension MonitorScene {
  /// The cells that ever told a voltage, from the lowest number on; no value if it is absent now.
  fileprivate var cellVoltages: [(number: Int, value: Double?)] {
    cells.known.filter { $0.quantity == .voltage }.map { cell, quantity in
      (cell, cells.reading(quantity, of: cell, at: now)?.value.number)
    }
  }
}
