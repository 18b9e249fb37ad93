import BatteryModel
import CANFrames
import DBC

/// One entry of a message's output: the signals that can provide it, best first.
///
/// A class, so that the entries of decoded frames share it.
final class FieldPlan: Sendable {
  let key: String
  let quantity: BatteryQuantity?
  /// The single cell that it is of.
  let cell: CellSignal?
  /// Whether ``key`` is the name of a quantity, and not of a signal.
  var isQuantity: Bool { quantity != nil || cell?.isFixed == true }
  /// 1 or 2 for the parts of a text that is split over two messages, otherwise 0.
  let part: Int
  /// Slots of the plan, the finest scale first.
  let slots: [Int]
  /// Whether it tells who the battery is.
  let isIdentity: Bool
  private let signals: [FieldSignal]

  private init(
    _ draft: Draft, in dialect: Dialect, product: (IdentityPattern) -> Bool
  ) {
    key = draft.key
    quantity = draft.quantity
    cell = draft.slots.first.flatMap { dialect.signals[$0].cell }.map {
      CellSignal($0, in: dialect)
    }
    part = draft.part
    slots = draft.slots.sorted {
      dialect.plan.signals[$0].decimals > dialect.plan.signals[$1].decimals
    }
    isIdentity = draft.quantity?.details.kind == .identity
    signals = slots.map {
      FieldSignal($0, telling: draft.quantity, in: dialect, product: product)
    }
  }

  /// Decodes the entry, or returns `nil` if none of its signals is in the frame.
  ///
  /// Of several signals for one quantity, the finest number that is available wins; of alarms and
  /// flags, one that is raised.
  func decode(_ frame: CANFrame) -> DecodedField? {
    let all = self.signals
    let signals = all.span
    var best: DecodedValue?
    var bestIndex = 0
    for index in signals.indices {
      guard let value = signals[index].value(in: frame) else { continue }
      if let best, !Self.outranks(value, best) { continue }
      best = value
      bestIndex = index
    }
    guard let best else { return nil }
    var number = 0
    if let cell {
      guard let told = cell.cell(in: frame.payload, length: frame.length) else { return nil }
      number = told
    }
    return DecodedField(
      plan: self, signal: bestIndex, payload: frame.payload, value: best, cell: number)
  }

  func unit(of signal: Int) -> String { signals[signal].plan.unit }

  /// The word that the file gives for a signal's number.
  func label(of signal: Int, payload: UInt64) -> String? {
    let plan = signals[signal].plan
    return plan.labels[plan.field.integer(in: payload)]
  }

  private static func outranks(_ new: DecodedValue, _ old: DecodedValue) -> Bool {
    switch (old, new) {
    case (.notAvailable, _): new != .notAvailable
    case (.flag(let old), .flag(let new)): new && !old
    case (.alarm(let old), .alarm(let new)): new.severity > old.severity
    default: false
    }
  }
}

extension FieldPlan {
  /// An entry whose signals are still being collected.
  private struct Draft {
    var key: String
    var quantity: BatteryQuantity?
    var part: Int
    var slots: [Int]
  }

  /// The entries of a message, in the order of their first signals.
  ///
  /// - Parameters:
  ///   - message: The message.
  ///   - dialect: The dialect that it is of.
  ///   - product: Says whether the product on the bus fits a pattern.
  /// - Returns: One entry for each key.
  static func fields(
    of message: MessagePlan, in dialect: Dialect, product: (IdentityPattern) -> Bool
  ) -> [FieldPlan] {
    var drafts: [Draft] = []
    var places: [String: Int] = [:]
    for slot in message.signals {
      let meaning = dialect.signals[slot]
      let exception = meaning.rules.first { $0.quantity != nil && product($0.product) }
      let quantity = exception?.quantity ?? meaning.quantity
      let signal = dialect.plan.signals[slot].name
      let ofCell = meaning.cell.flatMap { $0.isFixed ? $0.name : nil }
      let name = quantity?.rawValue ?? ofCell ?? signal
      let key = meaning.part > 1 ? "\(name)_part_\(meaning.part)" : name
      if let place = places[key] {
        drafts[place].slots.append(slot)
      } else {
        places[key] = drafts.count
        drafts.append(Draft(key: key, quantity: quantity, part: meaning.part, slots: [slot]))
      }
    }
    return drafts.map { FieldPlan($0, in: dialect, product: product) }
  }
}
