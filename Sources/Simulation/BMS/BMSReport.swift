package import BatteryModel

/// What a BMS has to say at one moment, each value as a number, in an order that is fast to read.
///
/// Numbers are in the catalogue's unit; a flag is 0 or 1; an alarm 0 (not watched), 1 (watched, not
/// raised) or 2 (raised); the identity of a cell or sensor is its number; the system status is 1 for
/// online. Absent is NaN.
package struct BMSReport: Sendable {
  /// The quantities that change, in the order of the values.
  package static let quantities: [BatteryQuantity] =
    [
      .voltage, .current, .temperature, .stateOfCharge, .stateOfHealth, .chargeVoltageLimit,
      .chargeCurrentLimit, .dischargeCurrentLimit, .dischargeVoltageLimit, .capacityInstalled,
      .capacityRemaining, .cellVoltageMin, .cellVoltageMax, .cellTemperatureMin,
      .cellTemperatureMax, .cellVoltageMinId, .cellVoltageMaxId, .cellTemperatureMinId,
      .cellTemperatureMaxId, .energyCharged, .energyDischarged, .cycles, .modulesOnline,
      .modulesBlockingCharge, .modulesBlockingDischarge, .modulesOffline, .chargeAllowed,
      .dischargeAllowed, .forceCharge, .fullChargeRequested, .systemStatus,
    ] + BatteryQuantity.alarms

  /// The index of each quantity.
  static let indices: [BatteryQuantity: Int] = Dictionary(
    uniqueKeysWithValues: quantities.enumerated().map { ($1, $0) })

  /// In the order of ``quantities``.
  package internal(set) var values = [Double](repeating: .nan, count: quantities.count)

  package init() {}

  /// What it says of a quantity, or `nil` if nothing or if the quantity never changes.
  package subscript(quantity: BatteryQuantity) -> Double? {
    guard let index = Self.indices[quantity], !values[index].isNaN else { return nil }
    return values[index]
  }
}
