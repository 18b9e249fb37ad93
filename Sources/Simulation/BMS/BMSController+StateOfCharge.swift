extension BMSController {
  /// What is left, in Ah, as it is told: rounded up.
  package var remainingCapacity: Double {
    (stateOfCharge / 100 * settings[.capa] - 1e-9).rounded(.up)
  }

  /// Counts what flows in a second.
  ///
  /// What is counted stays between empty and full.
  mutating func count(_ current: Double) {
    // The measurement's resolution is 19.53 mA.
    let counted = (current / 0.019531).rounded() * 0.019531 + settings[.ioff]
    stateOfCharge += counted / 36 / settings[.capa]
    stateOfCharge = min(100, max(0, stateOfCharge))
  }

  /// The end of charge: the last cell has come within 11 mV of CHAR [inferred].
  ///
  /// Limits follow a second later and the state of charge two seconds. Charging is enabled again when
  /// the state of charge has fallen by SOCH and the cells by CHIS [inferred]: voltage alone does not.
  mutating func updateEndOfCharge(_ extremes: MeasuredExtremes) {
    if let seconds = fullSeconds {
      fullSeconds = min(seconds + 1, .max / 2)
      if seconds + 1 == 1 { discharge = DischargeGate() }
      if seconds + 1 == 2 { stateOfCharge = 100 }
      let hasFallen =
        stateOfCharge < 100 * (1 - settings[.soch])
        && extremes.cellMax.value < settings[.char] - settings[.chis]
      if hasFallen, seconds > 2 { fullSeconds = nil }
    } else if extremes.cellMin.value >= settings[.char] - Self.endOfChargeTolerance {
      fullSeconds = 0
      heldChargeLimit = alarms.stopsCharging ? 0 : Self.chargeFloor(settings)
    }
  }

  static let endOfChargeTolerance = 0.011

  /// What is left of the charge current from CHAR on: 1.1 A at 560 Ah, taken as 0.002 C [inferred].
  static func chargeFloor(_ settings: BMSSettings) -> Double { 0.002 * settings[.capa] }

  /// Cells above BMIN that lie 5 mV and more above the lowest are balanced; all of them above BVOL [chosen].
  mutating func updateBalancing(_ measurement: BMSMeasurement, _ extremes: MeasuredExtremes) {
    guard extremes.cellMax.value > settings[.bmin], !alarms.internalFault.isActive else {
      balanced = 0
      return
    }
    var cells: UInt32 = 0
    for (index, voltage) in measurement.cellVoltages.enumerated() where voltage > settings[.bmin] {
      if voltage > extremes.cellMin.value + 0.005 || voltage > settings[.bvol] {
        cells |= 1 << UInt32(index)
      }
    }
    balanced = cells
  }
}
