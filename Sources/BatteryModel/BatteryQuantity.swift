/// Everything that Busbar can know about a battery: one case for each row of the catalogue.
///
/// The raw value is the name that users see in JSON, CSV, DBC attributes and queries. What a
/// quantity means, its unit and where it is published stand in ``BatteryQuantity/details``.
public enum BatteryQuantity: String, CaseIterable, Hashable, Codable, Sendable {
  case voltage
  case current
  case power
  case temperature
  case stateOfCharge = "state_of_charge"
  case stateOfHealth = "state_of_health"

  case chargeVoltageLimit = "charge_voltage_limit"
  case chargeCurrentLimit = "charge_current_limit"
  case dischargeCurrentLimit = "discharge_current_limit"
  case dischargeVoltageLimit = "discharge_voltage_limit"

  case capacityInstalled = "capacity_installed"
  case capacityActual = "capacity_actual"
  case capacityRemaining = "capacity_remaining"
  case capacityReported = "capacity_reported"
  case chargeUsed = "charge_used"
  case timeRemaining = "time_remaining"

  case cellVoltageMin = "cell_voltage_min"
  case cellVoltageMax = "cell_voltage_max"
  case cellVoltageSpread = "cell_voltage_spread"
  case cellTemperatureMin = "cell_temperature_min"
  case cellTemperatureMax = "cell_temperature_max"
  case cellVoltageMinId = "cell_voltage_min_id"
  case cellVoltageMaxId = "cell_voltage_max_id"
  case cellTemperatureMinId = "cell_temperature_min_id"
  case cellTemperatureMaxId = "cell_temperature_max_id"

  case energyCharged = "energy_charged"
  case energyDischarged = "energy_discharged"
  case cycles
  case modulesOnline = "modules_online"
  case modulesBlockingCharge = "modules_blocking_charge"
  case modulesBlockingDischarge = "modules_blocking_discharge"
  case modulesOffline = "modules_offline"

  case chargeAllowed = "charge_allowed"
  case dischargeAllowed = "discharge_allowed"
  case forceCharge = "force_charge"
  case fullChargeRequested = "full_charge_requested"

  case systemStatus = "system_status"
  case manufacturer
  case model
  case serial
  case firmware
  case productCode = "product_code"
  case family

  case alarmGeneral = "alarm_general"
  case alarmHighVoltage = "alarm_high_voltage"
  case alarmLowVoltage = "alarm_low_voltage"
  case alarmHighTemperature = "alarm_high_temperature"
  case alarmLowTemperature = "alarm_low_temperature"
  case alarmHighTemperatureCharge = "alarm_high_temperature_charge"
  case alarmLowTemperatureCharge = "alarm_low_temperature_charge"
  case alarmHighCurrent = "alarm_high_current"
  case alarmHighChargeCurrent = "alarm_high_charge_current"
  case alarmContactor = "alarm_contactor"
  case alarmShortCircuit = "alarm_short_circuit"
  case alarmBMSInternal = "alarm_bms_internal"
  case alarmCellImbalance = "alarm_cell_imbalance"

  case warningGeneral = "warning_general"
  case warningHighVoltage = "warning_high_voltage"
  case warningLowVoltage = "warning_low_voltage"
  case warningHighTemperature = "warning_high_temperature"
  case warningLowTemperature = "warning_low_temperature"
  case warningHighTemperatureCharge = "warning_high_temperature_charge"
  case warningLowTemperatureCharge = "warning_low_temperature_charge"
  case warningHighCurrent = "warning_high_current"
  case warningHighChargeCurrent = "warning_high_charge_current"
  case warningContactor = "warning_contactor"
  case warningShortCircuit = "warning_short_circuit"
  case warningBMSInternal = "warning_bms_internal"
  case warningCellImbalance = "warning_cell_imbalance"
}
