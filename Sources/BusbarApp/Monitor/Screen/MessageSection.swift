import BMSDialects
import CANFrames
import DBC

/// Every identifier with its period, count, last payload and what it means.
enum MessageSection {
  /// Where the columns begin and how wide they are.
  private struct Columns {
    var bus: Int
    var identifier: Int
    var name: Int

    init(_ scene: MonitorScene) {
      let rows = scene.model.messages.rows
      bus = Set(rows.map(\.key.bus)).count > 1 ? 6 : 0
      identifier = rows.contains { $0.key.identifier.format == .extended } ? 9 : 4
      name = min(28, max(13, (scene.appearance.columns - 66) / 2))
    }
  }

  private static let periodWidth = 8
  private static let countWidth = 7
  private static let dataWidth = 24

  /// The heading and so many lines in all.
  static func lines(_ scene: MonitorScene, height: Int) -> [ScreenLine] {
    let columns = Columns(scene)
    let rows = scene.rows
    let space = max(0, height - 1)
    let first = firstShown(rows, scene.controls.selection, space)
    let shown = rows.dropFirst(first).prefix(space)
    var lines = [heading(scene, columns, rows, shown: shown.count, first: first)]
    lines += shown.map { line($0, scene, columns) }
    while lines.count < height { lines.append(ScreenLine()) }
    return lines
  }

  /// The selected row is kept in the middle.
  private static func firstShown(
    _ rows: [MonitoredMessage], _ selection: MonitoredMessage.Key?, _ space: Int
  ) -> Int {
    guard rows.count > space, let selection,
      let place = rows.firstIndex(where: { $0.key == selection })
    else { return 0 }
    return min(rows.count - space, max(0, place - space / 2))
  }

  private static func heading(
    _ scene: MonitorScene, _ columns: Columns, _ rows: [MonitoredMessage], shown: Int, first: Int
  ) -> ScreenLine {
    let style = ScreenStyle(isBold: true, colour: .cyan)
    var line = ScreenLine(" ", style)
    line.appendLeft("Bus", columns.bus, style)
    line.appendLeft("ID", columns.identifier, style)
    line.appendLeft("Message", columns.name, style)
    line.appendRight("Period", periodWidth, style)
    line.appendRight("Count", countWidth, style)
    line.append("  ")
    line.appendLeft("Data", dataWidth, style)
    line.append("Values", style)
    var note = ""
    if !scene.controls.filter.isEmpty {
      note = "\(rows.count) of \(scene.model.messages.rows.count) fit '\(scene.controls.filter)'"
    } else if shown < rows.count {
      note = "\(first + 1) to \(first + shown) of \(rows.count)"
    }
    let start = scene.appearance.columns - note.unicodeScalars.count
    if !note.isEmpty, start > line.width {
      line.fill(to: start)
      line.append(note, .dim)
    }
    return line
  }

  private static func line(
    _ row: MonitoredMessage, _ scene: MonitorScene, _ columns: Columns
  ) -> ScreenLine {
    let isSelected = scene.controls.selection == row.key
    let isSilent = row.isSilent(at: scene.now)
    let style: ScreenStyle = isSilent ? .dim : isSelected ? .bold : .plain
    let decoded = scene.decode(row.last)
    var line = ScreenLine(isSelected ? ">" : " ", .bold)
    let bus = scene.model.buses[row.key.bus] ?? ""
    line.appendLeft(ScreenText.cut(scene.appearance.clean(bus), 5), columns.bus, style)
    line.appendLeft(row.key.identifier.description, columns.identifier, style)
    let name = decoded.map { scene.appearance.clean($0.message.name) }
    line.appendLeft(
      ScreenText.cut(name ?? "unknown", columns.name - 1), columns.name, name == nil ? .dim : style)
    line.appendRight(row.period.map(ScreenText.duration) ?? "-", periodWidth, style)
    line.appendRight(count(row.count), countWidth, style)
    line.append("  ")
    let start = line.width
    appendData(row, to: &line, style, at: scene.now)
    line.fill(to: start + dataWidth)
    if isSilent {
      line.append("silent for \(ScreenText.duration(scene.now - row.heard))", .dim)
    } else if let decoded {
      line.append(QuantityText.short(decoded.fields, scene.appearance), style)
    }
    return line.cut(to: scene.appearance.columns)
  }

  static func appendData(
    _ row: MonitoredMessage, to line: inout ScreenLine, _ style: ScreenStyle, at now: Int64
  ) {
    guard row.last.kind == .data else {
      line.append("asks for \(row.last.length) bytes", style)
      return
    }
    for index in 0..<Int(row.last.length) {
      if index > 0 { line.append(" ") }
      line.append(
        hex(row.last.byte(at: index)), row.isMarked(index, at: now) ? .changed : style)
    }
  }

  static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "0" + digits : digits
  }

  /// A count in at most seven characters.
  private static func count(_ count: Int) -> String {
    switch count {
    case ..<1_000_000: "\(count)"
    case ..<100_000_000: "\(ScreenText.number(Double(count) / 1e6, 1))M"
    default: "\(count / 1_000_000)M"
    }
  }
}
