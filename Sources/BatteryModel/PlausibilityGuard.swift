/// Keeps values that cannot be true from being taken for the battery's state.
///
/// A number outside of what any battery has is refused. A jump is held back until the next reading
/// confirms it: a stray 1.7 V between two readings of 53.2 V never passes, a real step passes one
/// reading late. What is refused is told with its reason; the frame that carried it is not touched.
public struct PlausibilityGuard: Sendable {
  /// Why a value is not believed.
  public enum Doubt: Hashable, Sendable {
    /// No battery has it.
    case outOfRange(BatteryQuantity, Double)
    /// No cell has it.
    case cellOutOfRange(CellQuantity, cell: Int, Double)
    /// Too far from the reading before; believed if the next one confirms it.
    case jump(BatteryQuantity, from: Double, to: Double)
    /// An alarm and a measurement cannot both be right; the alarm is passed on all the same.
    case contradiction(BatteryQuantity, BatteryQuantity, Double)
  }

  private struct Last: Sendable {
    var value: Double
    var heard: Int64
    /// A value that waits for its confirmation.
    var held: Double?
  }

  /// By the quantities' numbers.
  private var readings = [Last?](repeating: nil, count: BatteryQuantity.allCases.count)

  public init() {}

  /// Judges a number.
  ///
  /// - Parameters:
  ///   - quantity: What it is of.
  ///   - value: In the catalogue's unit.
  ///   - heard: When it was heard, on the clock that ages are counted on, in nanoseconds.
  /// - Returns: The reason not to believe it, or `nil` if it can be taken over.
  public mutating func doubt(
    _ quantity: BatteryQuantity, _ value: Double, heard: Int64
  ) -> Doubt? {
    guard quantity.plausibleRange.contains(value) else { return .outOfRange(quantity, value) }
    guard let last = readings[quantity.number], let limit = quantity.jumpLimit(from: last.value),
      heard - last.heard <= Self.memory, abs(value - last.value) > limit
    else {
      readings[quantity.number] = Last(value: value, heard: heard)
      return nil
    }
    if let held = last.held, abs(value - held) <= limit {
      readings[quantity.number] = Last(value: value, heard: heard)
      return nil
    }
    readings[quantity.number] = Last(value: last.value, heard: last.heard, held: value)
    return .jump(quantity, from: last.value, to: value)
  }

  /// After this long without a reading, any value is as good as another: 30 s.
  private static let memory: Int64 = 30_000_000_000

  /// What an active alarm contradicts, judged by the last readings.
  ///
  /// Only what is certain for every chemistry: a low-voltage alarm at a charge of over 90 %, a
  /// high-voltage alarm under 10 %, a temperature alarm on the other side of 25 degC by 20 degrees.
  public func contradiction(of alarm: BatteryQuantity) -> Doubt? {
    guard let (quantity, isWrong) = alarm.contradictingReading,
      let last = readings[quantity.number],
      isWrong(last.value)
    else { return nil }
    return .contradiction(alarm, quantity, last.value)
  }
}

extension PlausibilityGuard.Doubt {
  /// What the doubt is about; `nil` for a single cell.
  public var quantity: BatteryQuantity? {
    switch self {
    case .cellOutOfRange: nil
    case .outOfRange(let quantity, _), .jump(let quantity, _, _),
      .contradiction(let quantity, _, _):
      quantity
    }
  }
}

extension PlausibilityGuard.Doubt: CustomStringConvertible {
  /// The reason in words, such as `voltage 1.7 V: jumped from 53.2 V, not confirmed yet`.
  public var description: String {
    switch self {
    case .outOfRange(let quantity, let value):
      "\(Self.words(quantity, value)): no battery has that"
    case .cellOutOfRange(let quantity, let cell, let value):
      "\(quantity.rawValue) of cell \(cell) \(value) \(quantity.unit): no cell has that"
    case .jump(let quantity, let from, let to):
      "\(Self.words(quantity, to)): jumped from \(from) \(quantity.details.unit), "
        + "not confirmed yet"
    case .contradiction(let alarm, let quantity, let value):
      "\(alarm.details.titleInSentence) is active at \(Self.words(quantity, value)): "
        + "one of them is wrong"
    }
  }

  private static func words(_ quantity: BatteryQuantity, _ value: Double) -> String {
    "\(quantity.details.titleInSentence) \(value) \(quantity.details.unit)"
  }
}

extension BatteryQuantity {
  /// How far a value may be from the one before without being confirmed; `nil` for any distance.
  fileprivate func jumpLimit(from value: Double) -> Double? {
    switch self {
    case .voltage: max(2, 0.2 * abs(value))
    case .cellVoltageMin, .cellVoltageMax: 0.5
    case .temperature, .cellTemperatureMin, .cellTemperatureMax: 15
    case .stateOfCharge, .stateOfHealth: 20
    default: nil
    }
  }

  /// The reading that this alarm contradicts, and when it does.
  fileprivate var contradictingReading: (BatteryQuantity, (Double) -> Bool)? {
    switch alarmSubject {
    case "low_voltage": (.stateOfCharge, { $0 > 90 })
    case "high_voltage": (.stateOfCharge, { $0 < 10 })
    case "high_temperature", "high_temperature_charge": (.temperature, { $0 < 5 })
    case "low_temperature", "low_temperature_charge": (.temperature, { $0 > 45 })
    default: nil
    }
  }
}
