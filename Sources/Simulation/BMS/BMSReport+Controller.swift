import BatteryModel

/// Where the values stand that are written each second.
private enum Slot {
  static let first = BMSReport.indices
  static func of(_ quantity: BatteryQuantity) -> Int { first[quantity] ?? 0 }

  static let alarms = of(.alarmGeneral)
  static let warnings = of(.warningGeneral)
}

extension BMSReport {
  /// Takes over what a BMS has measured and decided.
  ///
  /// The values stand in the order of ``quantities``.
  ///
  /// - Parameters:
  ///   - controller: After its second has passed.
  ///   - measurement: What that second brought.
  ///   - health: The state of health in %.
  ///   - energy: What was charged and discharged so far, in kWh.
  package mutating func update(
    _ controller: borrowing BMSController, _ measurement: BMSMeasurement, health: Double,
    energy: (charged: Double, discharged: Double)
  ) {
    let extremes = controller.extremes
    let limits = controller.limits
    let settings = controller.settings
    let hasTemperature = extremes.temperatureMin.value.isFinite
    let isOnline = controller.contactor.isOnline
    let state: [31 of Double] = [
      measurement.packVoltage, measurement.current,
      hasTemperature ? extremes.temperatureMax.value : .nan, controller.stateOfCharge, health,
      limits.chargeVoltage, limits.chargeCurrent, limits.dischargeCurrent, limits.dischargeVoltage,
      settings[.capa], controller.remainingCapacity, extremes.cellMin.value,
      extremes.cellMax.value,
      hasTemperature ? extremes.temperatureMin.value.rounded(.down) : .nan,
      hasTemperature ? extremes.temperatureMax.value.rounded(.down) : .nan,
      Double(extremes.cellMin.place), Double(extremes.cellMax.place),
      Double(extremes.temperatureMin.place), Double(extremes.temperatureMax.place),
      energy.charged, energy.discharged, (energy.discharged * 1000 / nominalEnergy(controller)),
      isOnline ? 1 : 0, controller.isChargeEnabled ? 0 : 1, limits.dischargeCurrent > 0 ? 0 : 1,
      isOnline ? 0 : 1, controller.isChargeEnabled ? 1 : 0, limits.dischargeCurrent > 0 ? 1 : 0,
      controller.stateOfCharge < 2 ? 1 : 0, 0, isOnline ? 1 : 0,
    ]
    for index in state.indices { values[index] = state[index] }
    update(alarms: controller, extremes)
  }

  /// A full cycle is what the pack holds when it is new, at 3.2 V a cell.
  private func nominalEnergy(_ controller: borrowing BMSController) -> Double {
    controller.settings[.capa] * 3.2 * Double(controller.cellCount)
  }

  private mutating func update(
    alarms controller: borrowing BMSController, _ extremes: MeasuredExtremes
  ) {
    let alarms = controller.alarms
    func code(_ isActive: Bool) -> Double { isActive ? 2 : 1 }
    // In the catalogue's order: general, voltages, temperatures, charge temperatures, currents,
    // contactor, short circuit, internal, imbalance. 0 is what a REC Q does not watch.
    let states: [13 of Double] = [
      0, code(alarms.highVoltage.isActive), code(alarms.lowVoltage.isActive),
      code(alarms.toldHighTemperature), 0, 0, code(alarms.toldLowTemperatureCharge),
      code(alarms.highCurrent.isActive), code(alarms.highChargeCurrent.isActive), 0, 0,
      code(alarms.isBroken), 0,
    ]
    var warnings: [13 of Double] = .init(repeating: 0)
    warnings[11] = 1
    warnings[12] = code(alarms.imbalance.isActive)
    if controller.behaviour.warns {
      let settings = controller.settings
      warnings[1] = code(extremes.cellMax.value > (settings[.char] + settings[.cmax]) / 2)
      warnings[2] = code(extremes.cellMin.value < settings[.clow])
      warnings[3] = code(extremes.temperatureMax.value > settings[.tmax] - 5)
      warnings[6] = code(extremes.temperatureMin.value < settings[.tmin] + 5)
    }
    for index in states.indices {
      values[Slot.alarms + index] = states[index]
      values[Slot.warnings + index] = warnings[index]
    }
  }
}
