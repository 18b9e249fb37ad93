import BatteryModel
import DBC

/// How one signal is taken out of a payload for a summary: everything that the loop over frames
/// needs, in plain values.
struct SummaryStep: Sendable {
  let field: BitField
  /// The signal's place among the tallies.
  let slot: Int
  /// How many bytes a frame must have to hold the signal; a text needs only its first.
  let byteCount: UInt8
  /// How many steps to skip if this one found a value: coarser signals of the same quantity.
  let alternatives: Int
  /// Bit `n` is set if raw value `n` stands for a raised alarm.
  let activeMask: UInt64
  /// The raw values that say "not available"; most signals have one code at most.
  let firstNotAvailable: Int64
  let lastNotAvailable: Int64
  /// Raw values above this get ``addition``, by the rule for the product.
  let adjustedAbove: Int64
  let addition: Int64
  /// Whether it is a limit of current, which is an amount even where a sender made it negative.
  let isAmount: Bool
  /// Where its checks stand in the list of all; empty for nearly every signal.
  let checks: Range<Int>

  /// What a few signals need beyond the above: further codes, a neighbour, a multiplexor.
  enum Check: Sendable {
    case notAvailable(ClosedRange<Int64>)
    /// A raw 0 is no value beside a neighbour that is not 0.
    case beside(BitField)
    case selected(SignalPlan.Condition)
  }

  /// - Parameters:
  ///   - slot: The signal's place in the dialect's plan.
  ///   - alternatives: How many signals for the same value follow.
  ///   - dialect: The dialect.
  ///   - product: Says whether the product on the bus fits a pattern.
  ///   - checks: The list of all checks, to which this signal's are appended.
  init(
    _ slot: Int, alternatives: Int, in dialect: Dialect, product: (IdentityPattern) -> Bool,
    checks: inout [Check]
  ) {
    let signal = dialect.plan.signals[slot]
    let meaning = dialect.signals[slot]
    field = signal.field
    self.slot = slot
    byteCount =
      meaning.encoding == .text
      ? UInt8(SignalText.firstByte(of: signal.field) + 1) : signal.field.byteCount
    activeMask = signal.labels.reduce(0) { mask, label in
      label.value == AlarmState.active.rawValue && (0..<64).contains(label.key)
        ? mask | 1 << UInt64(label.key) : mask
    }
    // Alarms of one quantity are all told; of numbers, only the finest.
    self.alternatives = activeMask == 0 ? alternatives : 0
    firstNotAvailable = meaning.notAvailable.first?.lowerBound ?? .max
    lastNotAvailable = meaning.notAvailable.first?.upperBound ?? .min
    let rule = meaning.rules.first { $0.addition != 0 && product($0.product) }
    adjustedAbove = rule.map { $0.rawAbove ?? .min } ?? .max
    addition = rule?.addition ?? 0
    isAmount =
      meaning.quantity == .chargeCurrentLimit || meaning.quantity == .dischargeCurrentLimit
    let start = checks.count
    checks +=
      meaning.notAvailable.dropFirst().map(Check.notAvailable)
      + (meaning.absentBeside.map { [.beside(dialect.plan.signals[$0].field)] } ?? [])
      + signal.conditions.map(Check.selected)
    self.checks = start..<checks.count
  }

  /// The raw value, or `nil` if the frame does not have it or it is not available.
  @inline(__always)
  func raw(_ payload: UInt64, _ length: UInt8, _ all: Span<Check>) -> Int64? {
    guard byteCount <= length else { return nil }
    let raw = field.integer(in: payload)
    if raw >= firstNotAvailable, raw <= lastNotAvailable { return nil }
    for index in checks where !all[index].passes(raw, payload, length) { return nil }
    let adjusted = raw > adjustedAbove ? raw &+ addition : raw
    return isAmount && adjusted < 0 ? 0 &- adjusted : adjusted
  }
}

extension SummaryStep.Check {
  fileprivate func passes(_ raw: Int64, _ payload: UInt64, _ length: UInt8) -> Bool {
    switch self {
    case .notAvailable(let codes): !codes.contains(raw)
    case .beside(let field):
      raw != 0 || field.byteCount > length || field.bits(in: payload) == 0
    case .selected(let condition):
      condition.field.byteCount <= length
        && condition.values.contains { $0.contains(condition.field.bits(in: payload)) }
    }
  }
}
