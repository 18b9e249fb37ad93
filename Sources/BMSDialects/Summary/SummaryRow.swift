import BatteryModel
import DBC

/// One line of a summary: a quantity, or a signal where it is none.
public struct SummaryRow: Sendable {
  /// What kind of values they were.
  public enum Content: Sendable {
    /// In ``unit``; `decimals` is what the finest scale gives.
    case numbers(
      minimum: Double, mean: Double, maximum: Double, first: Double, last: Double, decimals: Int)
    /// An alarm or a flag: how many frames raised it, and whether the first and the last did.
    case states(raised: Int, first: String, last: String)
    case texts(first: String, last: String)
  }

  /// The quantity's name, or `Message.Signal`.
  public var key: String
  public var unit: String
  /// How many frames told it.
  public var count: Int
  public var content: Content
}

extension DialectSummary {
  /// A row for each quantity that was told, then one for each other signal.
  public var rows: [SummaryRow] {
    var groups: [(key: String, slots: [Int])] = []
    for (index, message) in dialect.plan.messages.enumerated() {
      for field in fields[index] {
        let key = field.isQuantity ? field.key : "\(message.name).\(field.key)"
        if let group = groups.firstIndex(where: { $0.key == key }) {
          groups[group].slots += field.slots
        } else {
          groups.append((key, field.slots))
        }
      }
    }
    let order = BatteryQuantity.allCases.map(\.rawValue)
    return
      groups
      .sorted { (order.firstIndex(of: $0.key) ?? .max) < (order.firstIndex(of: $1.key) ?? .max) }
      .compactMap { row($0.key, $0.slots.filter { tallies[$0].count > 0 }) }
  }

  private func row(_ key: String, _ slots: [Int]) -> SummaryRow? {
    guard let first = slots.min(by: { tallies[$0].firstFrame < tallies[$1].firstFrame }),
      let last = slots.max(by: { tallies[$0].lastFrame < tallies[$1].lastFrame })
    else { return nil }
    let count = slots.reduce(0) { $0 + tallies[$1].count }
    let unit = dialect.plan.signals[first].unit
    let content: SummaryRow.Content
    let quantity = BatteryQuantity(rawValue: key)
    if dialect.signals[first].encoding != .number {
      content = .texts(
        first: text(first, tallies[first].first), last: text(last, tallies[last].last))
    } else if let quantity, quantity.details.kind == .alarm || quantity.details.unit.isEmpty,
      !dialect.plan.signals[first].labels.isEmpty
    {
      content = .states(
        raised: slots.reduce(0) { $0 + tallies[$1].activeCount },
        first: label(first, tallies[first].first), last: label(last, tallies[last].last))
    } else {
      content = numbers(slots, first, last, count)
    }
    return SummaryRow(key: key, unit: unit, count: count, content: content)
  }

  private func numbers(_ slots: [Int], _ first: Int, _ last: Int, _ count: Int)
    -> SummaryRow.Content
  {
    let sum = slots.reduce(0) {
      $0 + value($1, mean: tallies[$1].mean) * Double(tallies[$1].count)
    }
    let ends = slots.flatMap { [value($0, tallies[$0].minimum), value($0, tallies[$0].maximum)] }
    return .numbers(
      minimum: ends.min() ?? 0, mean: sum / Double(count), maximum: ends.max() ?? 0,
      first: value(first, tallies[first].first), last: value(last, tallies[last].last),
      decimals: slots.map { dialect.plan.signals[$0].decimals }.max() ?? 0)
  }

  /// The physical value of a raw one.
  private func value(_ slot: Int, _ raw: Int64) -> Double {
    let signal = dialect.plan.signals[slot]
    return signal.value(in: signal.field.inserting(UInt64(bitPattern: raw), into: 0))
  }

  /// The physical value of a mean of raw ones; scaling is linear.
  private func value(_ slot: Int, mean: Double) -> Double {
    let zero = value(slot, 0)
    return zero + mean * (value(slot, 1) - zero)
  }

  private func label(_ slot: Int, _ raw: Int64) -> String {
    dialect.plan.signals[slot].labels[raw] ?? "\(raw)"
  }

  private func text(_ slot: Int, _ raw: Int64) -> String {
    SignalText.text(
      raw, encoding: dialect.signals[slot].encoding, width: dialect.plan.signals[slot].field.width)
  }
}
