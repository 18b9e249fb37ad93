import BatteryModel

/// The ends of a gauge that shows a path, in the path's unit.
struct SignalKDisplayScale: Hashable, Sendable, Encodable {
  var lower: Double
  var upper: Double

  private static let ratio = Self(lower: 0, upper: 1)
  /// -20 to 60 degrees Celsius, in kelvin.
  private static let temperature = Self(lower: 253.15, upper: 333.15)
  /// From an empty cell of any lithium chemistry to a full one, in volt.
  private static let cellVoltage = Self(lower: 2.5, upper: 4.2)

  init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// The scale of a quantity; `nil` where nothing is known of what a gauge should show.
  ///
  /// - Parameters:
  ///   - quantity: What the path tells.
  ///   - nominalVoltage: The pack's, in volt.
  init?(of quantity: BatteryQuantity, nominalVoltage: Double?) {
    switch quantity {
    case .stateOfCharge, .stateOfHealth: self = .ratio
    case .temperature, .cellTemperatureMin, .cellTemperatureMax: self = .temperature
    case .cellVoltageMin, .cellVoltageMax: self = .cellVoltage
    case .voltage, .chargeVoltageLimit, .dischargeVoltageLimit:
      guard let nominalVoltage else { return nil }
      // Wide enough for an empty and for a full pack of every chemistry.
      self.init(
        lower: (nominalVoltage * 7.5).rounded() / 10, upper: (nominalVoltage * 12.5).rounded() / 10)
    default: return nil
    }
  }

  /// The scale of one cell's value.
  init(of quantity: CellQuantity) {
    switch quantity {
    case .voltage: self = .cellVoltage
    case .temperature: self = .temperature
    }
  }
}
