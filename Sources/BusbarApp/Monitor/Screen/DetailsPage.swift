import BMSDialects
import BatteryModel
import CANFrames
import DBC

/// One message with its bits: which belong to which signal, which are set, which just changed.
enum DetailsPage {
  static func lines(_ scene: MonitorScene, height: Int) -> [ScreenLine] {
    guard let key = scene.controls.selection, let row = scene.model.messages.row(key) else {
      return [ScreenLine(" No message is chosen", .dim)]
    }
    let decoded = scene.decode(row.last)
    var lines = [title(row, decoded?.message, scene), ScreenLine()]
    let signals = signals(row, scene)
    lines += drawing(row, signals, scene)
    if row.last.kind == .data, row.last.length > 0 { lines.append(ScreenLine()) }
    let isKnown = decoded != nil
    if !isKnown { lines.append(ScreenLine(" No dialect in use describes this message", .dim)) }
    let space = max(0, height - lines.count)
    return lines + list(signals, row, scene, height: space)
  }

  /// A line for each signal; where they do not fit, several beside each other with less of each,
  /// and where those do not fit either, a part of them.
  private static func list(
    _ signals: [Signal], _ row: MonitoredMessage, _ scene: MonitorScene, height: Int
  ) -> [ScreenLine] {
    guard signals.count > height else { return signals.map { signal($0, row, scene) } }
    let width = 40
    let beside = scene.appearance.columns / width
    var lines: [ScreenLine] = []
    for index in signals.indices where index % beside == 0 {
      var line = ScreenLine()
      for signal in signals[index..<min(signals.count, index + beside)] {
        let start = line.width
        line.append(short(signal, row, scene).cut(to: width - 1))
        line.fill(to: start + width)
      }
      lines.append(line)
    }
    guard lines.count > height, height > 1 else { return lines }
    let partCount = (lines.count + height - 2) / (height - 1)
    let pressed = scene.controls.detailsPart % partCount
    let part = pressed < 0 ? pressed + partCount : pressed
    // The last part is as long as the others, and begins within the one before.
    let start = min(part * (height - 1), lines.count - (height - 1))
    let end = min(signals.count, (start + height - 1) * beside)
    let place =
      "   \(start * beside + 1) to \(end) of \(signals.count) signals; PgDn, PgUp: the others"
    return lines[start..<(start + height - 1)] + [ScreenLine(place, .dim)]
  }

  /// Letter, name, and the word or the number.
  private static func short(
    _ signal: Signal, _ row: MonitoredMessage, _ scene: MonitorScene
  ) -> ScreenLine {
    var line = ScreenLine("  \(signal.letter)  ")
    line.appendLeft(scene.appearance.clean(signal.plan.name), 22)
    line.append(" ")
    let payload = row.last.payload
    let word = word(signal, payload)
    let value = word.isEmpty ? number(signal, payload) : word
    line.append(scene.appearance.clean(value), .bold)
    return line
  }

  private static func number(_ signal: Signal, _ payload: UInt64) -> String {
    signal.plan.fixedValue(in: payload).map { "\($0)" } ?? "\(signal.plan.value(in: payload))"
  }

  /// What the file says of a raw value in words; empty if it says nothing.
  private static func word(_ signal: Signal, _ payload: UInt64) -> String {
    let raw = signal.plan.field.integer(in: payload)
    let isAbsent = signal.meaning.notAvailable.contains { $0.contains(raw) }
    return isAbsent ? "not available" : signal.plan.labels[raw] ?? ""
  }

  /// One signal that is present in the frame, with its letter.
  private struct Signal {
    var letter: Character
    var slot: Int
    var plan: SignalPlan
    var meaning: SignalMeaning
  }

  private static func title(
    _ row: MonitoredMessage, _ message: MessagePlan?, _ scene: MonitorScene
  ) -> ScreenLine {
    var line = ScreenLine(" \(row.key.identifier)  ", .bold)
    line.append(scene.appearance.clean(message?.name ?? "unknown"), .bold)
    if let bus = scene.model.buses[row.key.bus] {
      line.append("  on \(scene.appearance.clean(bus))")
    }
    line.append("  \(row.last.length) bytes  \(row.count) times")
    if let period = row.period { line.append("  every \(ScreenText.duration(period))") }
    line.append("  \(ScreenText.duration(scene.now - row.heard)) ago")
    return line
  }

  private static func signals(_ row: MonitoredMessage, _ scene: MonitorScene) -> [Signal] {
    guard let dialect = scene.dialect(of: row.key.bus), row.last.kind == .data,
      let index = dialect.plan.messageIndex(for: row.key.identifier)
    else { return [] }
    let slots = dialect.plan.messages[index].signals.filter {
      dialect.plan.signals[$0].isPresent(in: row.last.payload, length: row.last.length)
    }
    return zip(slots, BitLetters.all).map { slot, letter in
      Signal(
        letter: letter, slot: slot, plan: dialect.plan.signals[slot],
        meaning: dialect.signals[slot])
    }
  }

  private static func drawing(
    _ row: MonitoredMessage, _ signals: [Signal], _ scene: MonitorScene
  ) -> [ScreenLine] {
    guard row.last.kind == .data else {
      return [ScreenLine(" Asks for \(row.last.length) bytes; it carries none itself")]
    }
    let style = ScreenStyle(isBold: true, colour: .cyan)
    var lines = [
      ScreenLine("          hex  dec  char   7 6 5 4 3 2 1 0   belongs to", style)
    ]
    for index in 0..<Int(row.last.length) {
      lines.append(byte(index, row, signals, scene))
    }
    return lines
  }

  private static func byte(
    _ index: Int, _ row: MonitoredMessage, _ signals: [Signal], _ scene: MonitorScene
  ) -> ScreenLine {
    let byte = row.last.byte(at: index)
    let mark: ScreenStyle = row.isMarked(index, at: scene.now) ? .changed : .plain
    var line = ScreenLine("  byte \(index)   ")
    line.append(MessageSection.hex(byte), mark)
    line.appendRight("\(byte)", 6)
    let character = (0x20..<0x7F).contains(byte) ? String(Unicode.Scalar(byte)) : "."
    line.appendRight(character, 4)
    line.append("     ")
    for bit in (0..<8).reversed() {
      let position = UInt64(8 * index + bit)
      // A bit that never changed since the monitor began says less than one that moves.
      let hasMoved = row.everChanged >> position & 1 != 0
      line.append(
        byte >> UInt8(bit) & 1 == 1 ? "1" : "0",
        hasMoved ? ScreenStyle(isBold: true, colour: .yellow) : .plain)
      line.append(" ")
    }
    line.append("  ")
    for bit in (0..<8).reversed() {
      let mask: UInt64 = 1 << UInt64(8 * index + bit)
      let owners = signals.filter { $0.plan.field.mask & mask != 0 }
      line.append(owners.count > 1 ? "*" : owners.first.map { String($0.letter) } ?? ".")
      line.append(" ")
    }
    return line
  }

  private static func signal(
    _ signal: Signal, _ row: MonitoredMessage, _ scene: MonitorScene
  ) -> ScreenLine {
    let payload = row.last.payload
    let isNumber = signal.meaning.encoding == .number
    var line = ScreenLine("  \(signal.letter)  ")
    line.appendLeft(scene.appearance.clean(signal.plan.name), 26)
    line.append(" ")
    if isNumber {
      line.appendRight(number(signal, payload), 10, .bold)
      let unit = scene.appearance.unit(signal.plan.unit)
      line.appendLeft(unit.isEmpty ? "" : " " + unit, 6)
    } else {
      line.appendRight(signal.meaning.encoding.rawValue, 10)
      line.append(ScreenText.blanks(6))
    }
    let word = word(signal, payload)
    let quantity = signal.meaning.quantityName ?? ""
    line.append(" raw \(signal.plan.field.integer(in: payload))", .dim)
    if !word.isEmpty { line.append("  " + scene.appearance.clean(word)) }
    if !quantity.isEmpty {
      line.append("  \(quantity), \(signal.meaning.confidence.rawValue)", .dim)
    }
    return line
  }
}

/// The letters that stand for signals in a drawing of bits.
enum BitLetters {
  /// a to z, then A to Z, then digits: a message of 64 bits with more signals has no letter for
  /// its last ones.
  static let all = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
}
