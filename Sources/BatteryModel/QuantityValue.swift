/// What a quantity holds: a number in the catalogue's unit, a text, a yes or no, or an alarm's state.
public enum QuantityValue: Hashable, Sendable {
  /// In the unit that the catalogue gives for the quantity; always finite.
  case number(Double)
  case text(String)
  case flag(Bool)
  case alarm(AlarmState)

  /// The number, or `nil` for a value of another kind.
  public var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }

  /// The text, or `nil` for a value of another kind.
  public var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
}

/// What a BMS says about one alarm or warning.
///
/// The raw value is the word that users see.
public enum AlarmState: String, Hashable, Sendable {
  /// Raised now.
  case active
  /// Watched by this BMS, and not raised.
  case inactive
  /// Not watched by this BMS: its silence proves nothing.
  case unsupported
}
