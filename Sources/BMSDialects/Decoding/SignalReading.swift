import BatteryModel
import DBC

/// Whether the raw value of a signal in a frame is one, and what it is to be counted as: codes for
/// "not available", a neighbour, a multiplexor, the rules for this product.
struct SignalReading: Sendable {
  /// What a frame says of a signal.
  enum Outcome {
    /// The frame is too short for the signal, or its multiplexor deselects it.
    case absent
    /// The frame carries the signal, which says that it has no value.
    case notAvailable
    /// The raw value, with the product's rules applied.
    case raw(Int64)
  }

  let field: BitField
  /// How many bytes a frame must have to hold the signal; a text needs only its first.
  let byteCount: UInt8
  /// Whether the raw value is all there is to it, as with most signals of most files.
  let isPlain: Bool
  private let conditions: [SignalPlan.Condition]
  private let notAvailable: [ClosedRange<Int64>]
  /// A raw 0 is no value beside a neighbour that is not 0.
  private let neighbour: BitField?
  /// Raw values above this get ``addition``, by the rule for the product.
  private let adjustedAbove: Int64
  private let addition: Int64
  /// Whether it is a limit of current, which is an amount even where a sender made it negative.
  private let isAmount: Bool

  /// - Parameters:
  ///   - slot: The signal's place in the dialect's plan.
  ///   - dialect: The dialect.
  ///   - product: Says whether the product on the bus fits a pattern.
  init(_ slot: Int, in dialect: Dialect, product: (IdentityPattern) -> Bool) {
    let signal = dialect.plan.signals[slot]
    let meaning = dialect.signals[slot]
    field = signal.field
    byteCount =
      meaning.encoding == .text
      ? UInt8(SignalText.firstByte(of: signal.field) + 1) : signal.field.byteCount
    conditions = signal.conditions
    notAvailable = meaning.notAvailable
    neighbour = meaning.absentBeside.map { dialect.plan.signals[$0].field }
    let rule = meaning.rules.first { $0.addition != 0 && product($0.product) }
    adjustedAbove = rule.map { $0.rawAbove ?? .min } ?? .max
    addition = rule?.addition ?? 0
    isAmount =
      meaning.quantity == .chargeCurrentLimit || meaning.quantity == .dischargeCurrentLimit
    isPlain =
      conditions.isEmpty && notAvailable.isEmpty && neighbour == nil && rule == nil && !isAmount
  }

  /// Reads the signal of a frame.
  func read(_ payload: UInt64, length: UInt8) -> Outcome {
    guard byteCount <= length else { return .absent }
    return judge(field.integer(in: payload), payload, length)
  }

  /// What a raw value that lies within the frame is.
  func judge(_ raw: Int64, _ payload: UInt64, _ length: UInt8) -> Outcome {
    if isPlain { return .raw(raw) }
    for condition in conditions {
      guard condition.field.byteCount <= length else { return .absent }
      let bits = condition.field.bits(in: payload)
      guard condition.values.contains(where: { $0.contains(bits) }) else { return .absent }
    }
    for codes in notAvailable where codes.contains(raw) { return .notAvailable }
    if raw == 0, let neighbour, neighbour.byteCount <= length, neighbour.bits(in: payload) != 0 {
      return .notAvailable
    }
    let adjusted = raw > adjustedAbove ? raw &+ addition : raw
    return .raw(isAmount && adjusted < 0 ? 0 &- adjusted : adjusted)
  }
}
