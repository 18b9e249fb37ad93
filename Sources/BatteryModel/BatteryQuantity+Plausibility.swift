extension BatteryQuantity {
  /// The values that a battery can have; outside of them a number is a fault or a misreading.
  ///
  /// Wide on purpose: 0 V is a disconnected pack, and 1,000 V is beyond every pack of the family.
  public var plausibleRange: ClosedRange<Double> {
    switch self {
    case .voltage, .chargeVoltageLimit, .dischargeVoltageLimit: 0...1000
    case .current, .chargeCurrentLimit, .dischargeCurrentLimit: -3000...3000
    case .temperature, .cellTemperatureMin, .cellTemperatureMax: -60...120
    case .stateOfCharge: 0...100.5
    case .stateOfHealth: 0...110
    case .cellVoltageMin, .cellVoltageMax: 0...5
    case .cellVoltageSpread: 0...5
    default: -.greatestFiniteMagnitude ... .greatestFiniteMagnitude
    }
  }
}
