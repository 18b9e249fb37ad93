import BMSDialects
import BatteryModel

/// Says in words what is not a column: who the battery is, its alarms, its state; once, and again
/// when it changes.
struct ChangesInWords {
  private var told: [BatteryQuantity: DecodedValue] = [:]
  private var current: [BatteryQuantity: DecodedValue] = [:]
  private var parts: [BatteryQuantity: [Int: String]] = [:]

  /// Whether there is something that was not told yet.
  private(set) var hasNews = false

  /// Takes note of a field; numbers are columns, not news.
  mutating func take(_ quantity: BatteryQuantity, _ field: DecodedField) {
    switch quantity.details.kind {
    case .measurement, .limit: return
    case .identity, .state, .alarm: break
    }
    var value = field.value
    if field.part > 0, case .text(let text) = value {
      parts[quantity, default: [:]][field.part] = text
      let known = parts[quantity] ?? [:]
      value = .text(known.keys.sorted().compactMap { known[$0] }.joined())
    }
    current[quantity] = value
    // Which cell is the lowest changes all the time and is said with the next change.
    if told[quantity] != value, !quantity.rawValue.hasSuffix("_id") { hasNews = true }
  }

  /// Appends what changed since the last time.
  mutating func writeNews(to text: inout [UInt8]) {
    guard hasNews else { return }
    let identity = identityWords()
    if !identity.isEmpty { append("battery: " + identity.joined(separator: ", "), to: &text) }
    let states = stateWords()
    if !states.isEmpty { append("state: " + states.joined(separator: ", "), to: &text) }
    for line in alarmLines() { append(line, to: &text) }
    told = current
    hasNews = false
  }

  private func append(_ line: String, to text: inout [UInt8]) {
    text.append(contentsOf: ("  " + line + "\n").utf8)
  }

  private func changed(_ kind: QuantityDetails.Kind) -> Bool {
    current.contains { $0.key.details.kind == kind && told[$0.key] != $0.value }
  }

  private func identityWords() -> [String] {
    guard changed(.identity) else { return [] }
    return BatteryQuantity.allCases.compactMap { quantity in
      guard quantity.details.kind == .identity, case .text(let text)? = current[quantity],
        !text.isEmpty
      else { return nil }
      return "\(quantity.details.titleInSentence) \(text)"
    }
  }

  private func stateWords() -> [String] {
    BatteryQuantity.allCases.compactMap { quantity in
      guard quantity.details.kind == .state, !quantity.rawValue.hasSuffix("_id"),
        let value = current[quantity], told[quantity] != value, value != .notAvailable
      else { return nil }
      return "\(quantity.details.titleInSentence) \(ColumnText.text(value))"
    }
  }

  /// One line for each alarm that changed; the first time, one line for all that are quiet.
  private func alarmLines() -> [String] {
    guard changed(.alarm) else { return [] }
    let isFirst = !told.keys.contains { $0.details.kind == .alarm }
    var lines: [String] = []
    var quiet: [String] = []
    for quantity in BatteryQuantity.alarms {
      guard case .alarm(let state)? = current[quantity], told[quantity] != current[quantity] else {
        continue
      }
      if isFirst, state != .active {
        if state == .inactive { quiet.append(quantity.details.titleInSentence) }
      } else {
        lines.append("\(quantity.details.title): \(state.rawValue)")
      }
    }
    if !quiet.isEmpty {
      lines.append("not active: " + quiet.joined(separator: ", "))
    }
    return lines
  }
}
