import BatteryModel
import CANFrames
import DBC

/// A signal that provides the value of an entry.
///
/// Compiled, so that decoding a frame looks nothing up and allocates nothing; a class, so that it
/// is not copied for every frame.
final class FieldSignal: Sendable {
  /// The shape of the value.
  private enum Shape: Sendable {
    case number
    case alarm
    case flag
    /// A word where the file has one for the number, otherwise the number.
    case word
    /// In the encodings of ``SignalMeaning/Encoding``.
    case text, version, hex
  }

  let reading: SignalReading
  let plan: SignalPlan
  private let shape: Shape
  /// What the first few raw values are as states of an alarm; nearly all alarms have two bits.
  private let alarmStates: [AlarmState]

  /// - Parameters:
  ///   - slot: The signal's place in the dialect's plan.
  ///   - quantity: The quantity that it tells; `nil` for none.
  ///   - dialect: The dialect.
  ///   - product: Says whether the product on the bus fits a pattern.
  init(
    _ slot: Int, telling quantity: BatteryQuantity?, in dialect: Dialect,
    product: (IdentityPattern) -> Bool
  ) {
    reading = SignalReading(slot, in: dialect, product: product)
    let plan = dialect.plan.signals[slot]
    self.plan = plan
    alarmStates = (0..<4).map { Self.alarmState($0, plan) }
    shape =
      switch dialect.signals[slot].encoding {
      case .text: .text
      case .version: .version
      case .hex: .hex
      case .number: Self.shape(of: quantity)
      }
  }

  private static func shape(of quantity: BatteryQuantity?) -> Shape {
    guard let quantity else { return .number }
    let details = quantity.details
    if details.kind == .alarm { return .alarm }
    if quantity.isFlag { return .flag }
    return details.unit.isEmpty ? .word : .number
  }

  /// The value in a frame, or `nil` if the frame does not have it.
  func value(in frame: CANFrame) -> DecodedValue? {
    switch reading.read(frame.payload, length: frame.length) {
    case .absent: nil
    case .notAvailable: .notAvailable
    case .raw(let raw): value(raw, frame)
    }
  }

  private func value(_ raw: Int64, _ frame: CANFrame) -> DecodedValue {
    switch shape {
    case .number: number(raw, frame)
    case .word: plan.labels[raw].map { .text($0) } ?? number(raw, frame)
    case .alarm:
      .alarm((0..<4).contains(raw) ? alarmStates[Int(raw)] : Self.alarmState(raw, plan))
    case .flag: .flag(raw != 0)
    case .text: SignalText.text(plan.field, of: frame).map { .text($0) } ?? .notAvailable
    case .version: .text(SignalText.version(raw))
    case .hex: .text(SignalText.hex(UInt64(bitPattern: raw), plan.field.width))
    }
  }

  /// What a raw value says of an alarm: the file's word, or raised unless it is 0.
  private static func alarmState(_ raw: Int64, _ plan: SignalPlan) -> AlarmState {
    plan.labels[raw].flatMap(AlarmState.init(rawValue:)) ?? (raw == 0 ? .inactive : .active)
  }

  private func number(_ raw: Int64, _ frame: CANFrame) -> DecodedValue {
    plan.fixedValue(ofRaw: raw).map { .number($0) } ?? .real(plan.value(in: frame.payload))
  }
}
