import BatteryModel
import CANFrames
import DBC

// From the bits of a frame to the value of one entry.
extension DialectDecoder {
  /// Decodes an entry, or returns `nil` if none of its signals is in the frame.
  ///
  /// Of several signals for one quantity, the finest number that is available wins; of alarms and
  /// flags, one that is raised.
  func decode(_ field: FieldPlan, of frame: CANFrame) -> DecodedField? {
    var best: DecodedField?
    for slot in field.slots {
      let signal = dialect.plan.signals[slot]
      // A text may end with its frame: senders leave out the padding.
      let isThere =
        dialect.signals[slot].encoding == .text
        ? SignalText.firstByte(of: signal.field) < frame.length
        : signal.isPresent(in: frame.payload, length: frame.length)
      guard isThere else { continue }
      let value = value(of: slot, for: field.quantity, in: frame)
      if let current = best?.value, !Self.outranks(value, current) { continue }
      let raw = signal.field.integer(in: frame.payload)
      best = DecodedField(
        key: field.key, quantity: field.quantity, unit: signal.unit, part: field.part,
        value: value, label: signal.labels[raw])
    }
    return best
  }

  private static func outranks(_ new: DecodedValue, _ old: DecodedValue) -> Bool {
    switch (old, new) {
    case (.notAvailable, _): new != .notAvailable
    case (.flag(let old), .flag(let new)): new && !old
    case (.alarm(let old), .alarm(let new)): new.severity > old.severity
    default: false
    }
  }

  private func value(
    of slot: Int, for quantity: BatteryQuantity?, in frame: CANFrame
  ) -> DecodedValue {
    let signal = dialect.plan.signals[slot]
    let meaning = dialect.signals[slot]
    let raw = signal.field.integer(in: frame.payload)
    if meaning.notAvailable.contains(where: { $0.contains(raw) }) { return .notAvailable }
    if raw == 0, let neighbour = meaning.absentBeside {
      let beside = dialect.plan.signals[neighbour]
      if beside.isPresent(in: frame.payload, length: frame.length),
        beside.field.bits(in: frame.payload) != 0
      {
        return .notAvailable
      }
    }
    switch meaning.encoding {
    case .text: return SignalText.text(signal.field, of: frame).map { .text($0) } ?? .notAvailable
    case .version, .hex:
      return .text(SignalText.text(raw, encoding: meaning.encoding, width: signal.field.width))
    case .number: break
    }
    if let quantity { return value(of: quantity, raw: raw, slot: slot, in: frame) }
    return signal.fixedValue(in: frame.payload).map { .number($0) }
      ?? .real(signal.value(in: frame.payload))
  }

  /// The value of a quantity, in the shape that the catalogue gives it.
  private func value(
    of quantity: BatteryQuantity, raw: Int64, slot: Int, in frame: CANFrame
  ) -> DecodedValue {
    let signal = dialect.plan.signals[slot]
    let details = quantity.details
    if details.kind == .alarm {
      let state = signal.labels[raw].flatMap(AlarmState.init(rawValue:))
      return .alarm(state ?? (raw == 0 ? .inactive : .active))
    }
    if quantity.isFlag { return .flag(raw != 0) }
    if details.unit.isEmpty, let label = signal.labels[raw] { return .text(label) }
    guard var number = signal.fixedValue(in: frame.payload) else {
      return .real(signal.value(in: frame.payload))
    }
    number.scaled &+= addition(slot, raw: raw) &* signal.stepInLastDecimal
    // A negative current limit has been seen; a limit is an amount.
    if quantity == .chargeCurrentLimit || quantity == .dischargeCurrentLimit {
      number = number.magnitude
    }
    return .number(number)
  }

  /// What the rules for this product add to a raw value.
  private func addition(_ slot: Int, raw: Int64) -> Int64 {
    dialect.signals[slot].rules.reduce(0) { sum, rule in
      guard rule.addition != 0, raw > rule.rawAbove ?? .min,
        let text = product[rule.product.quantity], rule.product.matches(text)
      else { return sum }
      return sum + rule.addition
    }
  }
}
