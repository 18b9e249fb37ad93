package import BatteryModel

extension BatterySnapshot {
  /// Plausible values of a 12 V battery for every quantity that a frame can carry.
  ///
  /// - Parameters:
  ///   - time: When the BMS said so, in nanoseconds since 1970; `nil` for a log without times.
  ///   - heard: The same moment on the clock that ages are counted on.
  ///   - alarms: What stands for every alarm and every warning.
  /// - Returns: A snapshot whose readings are all of that one moment.
  package static func everything(
    time: Int64?, heard: Int64, alarms: AlarmState = .inactive
  ) -> Self {
    var snapshot = Self()
    for quantity in BatteryQuantity.allCases {
      guard let value = quantity.plausibleValue(alarms: alarms) else { continue }
      snapshot.record(quantity, value, time: time, heard: heard)
    }
    return snapshot
  }
}

extension BatteryQuantity {
  /// A value that a healthy battery could have, or `nil` if it follows from others.
  package func plausibleValue(alarms: AlarmState = .inactive) -> QuantityValue? {
    if isAlarm || isWarning { return .alarm(alarms) }
    if let number = Self.plausibleNumbers[self] { return .number(number) }
    switch self {
    case .chargeAllowed, .dischargeAllowed: return .flag(true)
    case .forceCharge, .fullChargeRequested: return .flag(false)
    case .cellVoltageMinId: return .text("3")
    case .cellVoltageMaxId: return .text("12")
    case .cellTemperatureMinId, .cellTemperatureMaxId: return .text("1")
    case .systemStatus: return .text("online")
    case .manufacturer: return .text("REC")
    case .model: return .text("REC Q")
    case .serial: return .text("0042")
    case .firmware: return .text("2.6")
    case .productCode: return .text("1")
    case .family: return .text("REC")
    default: return nil
    }
  }

  /// Power, spread and actual capacity are missing: they are derived.
  private static let plausibleNumbers: [Self: Double] = [
    .voltage: 13.28, .current: -12.4, .temperature: 29.5, .stateOfCharge: 81.5,
    .stateOfHealth: 98, .chargeVoltageLimit: 14.4, .chargeCurrentLimit: 70,
    .dischargeCurrentLimit: 100, .dischargeVoltageLimit: 11.6, .capacityInstalled: 280,
    .capacityRemaining: 223.6, .capacityReported: 280, .cellVoltageMin: 3.318,
    .cellVoltageMax: 3.323, .cellTemperatureMin: 21.9, .cellTemperatureMax: 23.4,
    .energyCharged: 812.5, .energyDischarged: 790.1, .cycles: 211, .modulesOnline: 1,
    .modulesBlockingCharge: 0, .modulesBlockingDischarge: 0, .modulesOffline: 0,
  ]
}
