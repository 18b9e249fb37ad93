/// What a quantity is and where each output puts it: one row of the catalogue.
public struct QuantityDetails: Sendable {
  /// What sort of thing is told, which decides how it is shown and stored.
  public enum Kind: String, Sendable {
    /// Measured, or computed from measurements; changes all the time.
    case measurement
    /// What the BMS asks the charger and the loads to keep to.
    case limit
    /// A condition or a permission.
    case state
    /// Who the battery is; changes never or with a firmware.
    case identity
    /// An alarm or a warning.
    case alarm
  }

  /// A few words for people, such as `State of charge`.
  public var title: String
  /// `V`, `A`, `W`, `%`, `degC`, `Ah`, `kWh`, `s`; empty for a text, a flag, an alarm or a plain count.
  public var unit: String
  public var kind: Kind
  /// What it means, with sign and origin, in a sentence or two.
  public var description: String
  /// Where Signal K expects it, or `nil` if nothing is agreed and nobody reads it.
  public var signalK: SignalKMapping?
  /// The class of a Home Assistant sensor, or `nil` where Home Assistant has none that fits.
  public var homeAssistantDeviceClass: String?
  /// The metric's name without the prefix `busbar_battery_`, with its base unit at the end.
  public var prometheusName: String?
  /// The field of the InfluxDB measurement `battery`.
  public var influxField: String?

  /// The title as it stands inside a sentence, such as `state of charge`.
  public var titleInSentence: String { title.prefix(1).lowercased() + title.dropFirst() }
}

/// How a quantity becomes a Signal K value: below `electrical.batteries.<id>.`, in SI units.
public struct SignalKMapping: Hashable, Sendable {
  /// What has to happen to the value on its way.
  public enum Conversion: Hashable, Sendable {
    case none
    /// `%` to a ratio from 0 to 1.
    case percentToRatio
    /// degree Celsius to kelvin.
    case celsiusToKelvin
    /// `Ah` to joule, by the pack's nominal voltage; absent where that is not configured.
    case ampereHoursToJoules
    /// `Ah` to coulomb.
    case ampereHoursToCoulombs
    /// A text of digits to a number; other texts are absent, since the type of a path is fixed.
    case digitsToNumber
  }

  /// The path's end, such as `capacity.stateOfCharge`.
  public var path: String
  /// Signal K's unit, or `nil` for values without one.
  public var unit: String?
  public var conversion: Conversion

  init(_ path: String, unit: String? = nil, conversion: Conversion = .none) {
    self.path = path
    self.unit = unit
    self.conversion = conversion
  }
}
