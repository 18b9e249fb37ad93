public import BatteryModel
public import DBC

/// What one quantity or signal of a frame holds.
public enum DecodedValue: Hashable, Sendable {
  /// A number with the decimals that its scale gives.
  case number(FixedDecimal)
  /// A number without fixed decimals: IEEE 754, or beyond 63 bits.
  case real(Double)
  case text(String)
  case flag(Bool)
  case alarm(AlarmState)
  /// The frame carries the signal, and it holds a not-available code.
  case notAvailable

  /// The number, or `nil` for a value of another kind.
  public var number: Double? {
    switch self {
    case .number(let number): number.doubleValue
    case .real(let number): number
    default: nil
    }
  }

  /// The value as the battery's model keeps it; `nil` if it is not available.
  public var quantityValue: QuantityValue? {
    switch self {
    case .number(let number): .number(number.doubleValue)
    case .real(let number): number.isFinite ? .number(number) : nil
    case .text(let text): text.isEmpty ? nil : .text(text)
    case .flag(let flag): .flag(flag)
    case .alarm(let state): .alarm(state)
    case .notAvailable: nil
    }
  }
}

/// One entry of a decoded frame.
public struct DecodedField: Sendable {
  /// The quantity's name, or the signal's where it is none.
  public let key: String
  public let quantity: BatteryQuantity?
  public let unit: String
  /// 1 or 2 for the parts of a text that is split over two messages, otherwise 0.
  public let part: Int
  public var value: DecodedValue
  /// The word that the file gives for the number, for people.
  public var label: String?
}
