extension BMSController {
  /// The conditions that a REC Q tells, each with its memory.
  struct Alarms: Sendable {
    var highVoltage = Latch()
    var lowVoltage = Latch()
    var highTemperature = Latch()
    var lowTemperatureCharge = Latch()
    var highCurrent = Latch()
    var highChargeCurrent = Latch()
    var internalFault = Latch()
    var imbalance = Latch()
    var bmsTemperature = Latch()
    /// The temperature alarms as they are told: a second after they act.
    var toldHighTemperature = false
    var toldLowTemperatureCharge = false

    var stopsCharging: Bool {
      highVoltage.isActive || highTemperature.isActive || lowTemperatureCharge.isActive
        || isBroken || highChargeCurrent.isActive
    }

    /// Of the measured ones: high and low voltage and high temperature; never low temperature.
    var opensContactor: Bool {
      highVoltage.isActive || lowVoltage.isActive || toldHighTemperature || isBroken
        || highCurrent.isActive || highChargeCurrent.isActive
    }

    /// What the manual calls errors of the BMS itself: sensor, measurement, its own temperature.
    var isBroken: Bool { internalFault.isActive || bmsTemperature.isActive }
  }

  /// Voltages must lie beyond a threshold for 3 s [inferred: the logs show 3.857 V for CMAX 3.85 while
  /// the voltage rises by 2 mV/s, and 2.798 V for CMIN 2.8 while it falls by 0.3 mV/s].
  static let voltageDelay = 2.0

  mutating func updateAlarms(_ measurement: BMSMeasurement, _ extremes: MeasuredExtremes) {
    let (low, high) = (extremes.cellMin.value, extremes.cellMax.value)
    alarms.highVoltage.update(
      high > settings[.cmax], isClear: high <= settings[.cmax] - settings[.maxh],
      after: Self.voltageDelay)
    alarms.lowVoltage.update(
      low < settings[.cmin], isClear: low >= settings[.cmin] + settings[.minh] - 1e-9,
      after: Self.voltageDelay)
    updateTemperatureAlarms(extremes)
    // Of here on nothing was measured: the manual's figures, or chosen.
    alarms.imbalance.update(
      high - low > settings[.razl], isClear: high - low < settings[.razl] - 0.02, after: 5)
    alarms.bmsTemperature.update(
      measurement.bmsTemperature > settings[.tbal],
      isClear: measurement.bmsTemperature < settings[.tbal] - settings[.bmth], after: 5)
    let isImpossible = low < 0.5 || high > 4.9
    alarms.internalFault.update(
      extremes.lacksSensor || isImpossible, isClear: !extremes.lacksSensor && !isImpossible,
      after: extremes.lacksSensor ? 2 : 20)
    alarms.highCurrent.update(
      -measurement.current > 1.25 * dischargeBase, isClear: !contactor.isClosed, after: 10)
    alarms.highChargeCurrent.update(
      measurement.current > 1.25 * chargeBase, isClear: !contactor.isClosed, after: 10)
  }

  /// Temperatures are in half degrees; alarms end at whole ones, cut off: TMAX 55 ends at 53.5.
  private mutating func updateTemperatureAlarms(_ extremes: MeasuredExtremes) {
    alarms.toldHighTemperature = alarms.highTemperature.isActive
    alarms.toldLowTemperatureCharge = alarms.lowTemperatureCharge.isActive
    let (low, high) = (extremes.temperatureMin.value, extremes.temperatureMax.value)
    alarms.highTemperature.update(
      high > settings[.tmax], isClear: high.rounded(.down) <= settings[.tmax] - 2)
    alarms.lowTemperatureCharge.update(
      low < settings[.tmin], isClear: low >= settings[.tmin] + 2)
  }
}
