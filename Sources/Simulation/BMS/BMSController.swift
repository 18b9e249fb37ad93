/// What a REC Q does with what it measures: limits, alarms, contactor, state of charge.
///
/// A value that is stepped once a second. Every threshold and delay was measured on a real unit, or is
/// marked as inferred or chosen; `docs/simulation.md` holds both beside each other.
package struct BMSController: Sendable {
  package let settings: BMSSettings
  package let behaviour: BMSBehaviour
  package let cellCount: Int

  /// In %, as the BMS reckons it.
  package internal(set) var stateOfCharge: Double
  /// The limits in V and A, as they are told; see ``updateLimits(_:_:)``.
  package internal(set) var limits = Limits()
  package internal(set) var contactor: Contactor
  /// The output that switches a charger on.
  package internal(set) var isChargeEnabled = true
  /// The cells that are being balanced, as bits.
  package internal(set) var balanced: UInt32 = 0

  var alarms = Alarms()
  var discharge = DischargeGate()
  /// Since when the end of charge has been reached, in s; `nil` while charging goes on.
  var fullSeconds: Int?
  /// What is left of the charge current limit after the end of charge, in A.
  var heldChargeLimit = 0.0
  package private(set) var extremes = MeasuredExtremes(
    BMSMeasurement(
      cellVoltages: [], packVoltage: 0, current: 0, temperatures: [], bmsTemperature: 0))

  /// What the BMS asks others to keep to.
  package struct Limits: Hashable, Sendable {
    package var chargeVoltage = 0.0
    package var chargeCurrent = 0.0
    package var dischargeCurrent = 0.0
    package var dischargeVoltage = 0.0
  }

  /// What a BMS remembers, or is set to, when it begins.
  package struct Start: Sendable {
    /// In %.
    package var stateOfCharge = 50.0
    /// Whether the end of charge was reached, with what was left of the charge current limit in A.
    package var heldChargeLimit: Double?
    /// Whether discharging is stopped, with the frozen limit of the voltage in V.
    package var stoppedDischargeVoltage: Double?
    package var isContactorClosed = true

    package init() {}
  }

  package init(
    _ settings: BMSSettings, cellCount: Int, behaviour: BMSBehaviour = .rec, start: Start = Start()
  ) {
    self.settings = settings
    self.behaviour = behaviour
    self.cellCount = cellCount
    stateOfCharge = start.stateOfCharge
    contactor = Contactor(isClosed: start.isContactorClosed)
    if let limit = start.heldChargeLimit {
      fullSeconds = .max / 2
      heldChargeLimit = limit
    }
    if let voltage = start.stoppedDischargeVoltage {
      discharge = DischargeGate(stoppedAt: voltage)
    }
  }

  /// Lets a second pass.
  package mutating func secondPassed(_ measurement: BMSMeasurement) {
    let extremes = MeasuredExtremes(measurement)
    self.extremes = extremes
    count(measurement.current)
    updateAlarms(measurement, extremes)
    updateEndOfCharge(extremes)
    updateDischarge(measurement, extremes)
    if alarms.stopsCharging { heldChargeLimit = 0 }
    // After CLOW charging is enabled a second before the limits follow.
    let isFull = fullSeconds != nil && discharge.closedSeconds != 1
    isChargeEnabled = !isFull && !alarms.stopsCharging
    updateLimits(measurement, extremes)
    updateBalancing(measurement, extremes)
    contactor.secondPassed(isTripped: alarms.opensContactor)
  }
}
