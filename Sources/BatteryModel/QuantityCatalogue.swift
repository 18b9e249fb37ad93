extension BatteryQuantity {
  /// The quantity's row of the catalogue: unit, kind, meaning and every output's name for it.
  public var details: QuantityDetails { Self.catalogue[self] ?? alarmDetails }

  /// Every quantity but the alarms, whose rows follow one pattern.
  private static let catalogue: [BatteryQuantity: QuantityDetails] = [
    .voltage: .measurement(
      "Voltage", "V", "Voltage of the whole pack.", .init("voltage", unit: "V"),
      deviceClass: "voltage", prometheus: "voltage_volts", influx: "voltage"),
    .current: .measurement(
      "Current", "A", "Current through the pack: positive charges it, negative discharges it.",
      .init("current", unit: "A"),
      deviceClass: "current", prometheus: "current_amperes", influx: "current"),
    .power: .measurement(
      "Power", "W", "Voltage times current, from one frame: positive charges the battery.",
      .init("power", unit: "W"),
      deviceClass: "power", prometheus: "power_watts", influx: "power"),
    .temperature: .measurement(
      "Temperature", "degC", "Temperature of the battery; on many BMS the highest sensor's.",
      .init("temperature", unit: "K", conversion: .celsiusToKelvin),
      deviceClass: "temperature", prometheus: "temperature_celsius", influx: "temperature"),
    .stateOfCharge: .measurement(
      "State of charge", "%", "Charge left, as the BMS counts it; 100 is full.",
      .init("capacity.stateOfCharge", unit: "ratio", conversion: .percentToRatio),
      deviceClass: "battery", prometheus: "state_of_charge_ratio", influx: "soc"),
    .stateOfHealth: .measurement(
      "State of health", "%", "Capacity left compared with a new battery.",
      .init("capacity.stateOfHealth", unit: "ratio", conversion: .percentToRatio),
      deviceClass: nil, prometheus: "state_of_health_ratio", influx: "soh"),

    .chargeVoltageLimit: .limit(
      "Charge voltage limit", "V", "Voltage that a charger must not exceed (CVL).",
      .init("bms.maxChargeVoltage", unit: "V"),
      deviceClass: "voltage", prometheus: "charge_voltage_limit_volts", influx: "cvl"),
    .chargeCurrentLimit: .limit(
      "Charge current limit", "A", "Current that chargers must not exceed (CCL); never negative.",
      .init("bms.maxChargeCurrent", unit: "A"),
      deviceClass: "current", prometheus: "charge_current_limit_amperes", influx: "ccl"),
    .dischargeCurrentLimit: .limit(
      "Discharge current limit", "A",
      "Current that loads must not exceed (DCL); never negative.",
      .init("bms.maxDischargeCurrent", unit: "A"),
      deviceClass: "current", prometheus: "discharge_current_limit_amperes", influx: "dcl"),
    .dischargeVoltageLimit: .limit(
      "Discharge voltage limit", "V", "Voltage below which loads must stop (DVL).",
      .init("bms.minDischargeVoltage", unit: "V"),
      deviceClass: "voltage", prometheus: "discharge_voltage_limit_volts", influx: "dvl"),

    .capacityInstalled: .measurement(
      "Installed capacity", "Ah", "Capacity that the BMS is set to.",
      .init("capacity.nominal", unit: "J", conversion: .ampereHoursToJoules),
      deviceClass: nil, prometheus: "capacity_installed_ampere_hours", influx: "capacity"),
    .capacityActual: .measurement(
      "Actual capacity", "Ah", "Installed capacity times state of health.",
      .init("capacity.actual", unit: "J", conversion: .ampereHoursToJoules),
      deviceClass: nil, prometheus: "capacity_actual_ampere_hours", influx: "capacity_actual"),
    .capacityRemaining: .measurement(
      "Remaining capacity", "Ah", "Charge left in the battery, as the BMS reports it.",
      .init("capacity.remaining", unit: "J", conversion: .ampereHoursToJoules),
      deviceClass: nil, prometheus: "capacity_remaining_ampere_hours", influx: "remaining"),
    .capacityReported: .measurement(
      "Reported capacity", "Ah",
      "What frame 0x35F carries; installed or remaining, depending on the product.",
      nil, deviceClass: nil, prometheus: "capacity_reported_ampere_hours",
      influx: "capacity_reported"),
    .chargeUsed: .measurement(
      "Charge used", "Ah", "Actual minus remaining capacity: what is missing to a full battery.",
      .init("capacity.dischargeSinceFull", unit: "C", conversion: .ampereHoursToCoulombs),
      deviceClass: nil, prometheus: "charge_used_ampere_hours", influx: "charge_used"),
    .timeRemaining: .measurement(
      "Time remaining", "s",
      "Remaining capacity over the discharge current of the moment; absent while not discharging.",
      .init("capacity.timeRemaining", unit: "s"),
      deviceClass: "duration", prometheus: "time_remaining_seconds", influx: "time_remaining"),

    .cellVoltageMin: .measurement(
      "Lowest cell voltage", "V", "Voltage of the lowest cell.", .init("minCellVoltage", unit: "V"),
      deviceClass: "voltage", prometheus: "cell_voltage_min_volts", influx: "cell_min"),
    .cellVoltageMax: .measurement(
      "Highest cell voltage", "V", "Voltage of the highest cell.",
      .init("maxCellVoltage", unit: "V"),
      deviceClass: "voltage", prometheus: "cell_voltage_max_volts", influx: "cell_max"),
    .cellVoltageSpread: .measurement(
      "Cell voltage spread", "V", "Highest minus lowest cell, from one frame.",
      .init("cellVoltageDifference", unit: "V"),
      deviceClass: "voltage", prometheus: "cell_voltage_spread_volts", influx: "cell_spread"),
    .cellTemperatureMin: .measurement(
      "Lowest cell temperature", "degC", "Temperature of the coldest sensor.",
      .init("minCellTemperature", unit: "K", conversion: .celsiusToKelvin),
      deviceClass: "temperature", prometheus: "cell_temperature_min_celsius",
      influx: "temperature_min"),
    .cellTemperatureMax: .measurement(
      "Highest cell temperature", "degC", "Temperature of the warmest sensor.",
      .init("maxCellTemperature", unit: "K", conversion: .celsiusToKelvin),
      deviceClass: "temperature", prometheus: "cell_temperature_max_celsius",
      influx: "temperature_max"),
    .cellVoltageMinId: .state(
      "Lowest cell", "Which cell is the lowest; free text, often a number.",
      .init("minCellNumber", conversion: .digitsToNumber), influx: "cell_min_id"),
    .cellVoltageMaxId: .state(
      "Highest cell", "Which cell is the highest; free text, often a number.",
      .init("maxCellNumber", conversion: .digitsToNumber), influx: "cell_max_id"),
    .cellTemperatureMinId: .state(
      "Coldest sensor", "Which temperature sensor is the coldest; free text.", nil,
      influx: "temperature_min_id"),
    .cellTemperatureMaxId: .state(
      "Warmest sensor", "Which temperature sensor is the warmest; free text.", nil,
      influx: "temperature_max_id"),

    .energyCharged: .measurement(
      "Energy charged", "kWh", "Energy ever charged.", nil,
      deviceClass: "energy", prometheus: "energy_charged_kilowatt_hours_total",
      influx: "energy_charged"),
    .energyDischarged: .measurement(
      "Energy discharged", "kWh", "Energy ever discharged.", nil,
      deviceClass: "energy", prometheus: "energy_discharged_kilowatt_hours_total",
      influx: "energy_discharged"),
    .cycles: .measurement(
      "Cycles", "", "Full cycles, as the BMS counts them.", .init("cycles"),
      deviceClass: nil, prometheus: "cycles_total", influx: "cycles"),
    .modulesOnline: .measurement(
      "Modules online", "", "Battery modules that work.", nil,
      deviceClass: nil, prometheus: "modules_online", influx: "modules_online"),
    .modulesBlockingCharge: .measurement(
      "Modules blocking charge", "", "Battery modules that forbid charging.", nil,
      deviceClass: nil, prometheus: "modules_blocking_charge", influx: "modules_blocking_charge"),
    .modulesBlockingDischarge: .measurement(
      "Modules blocking discharge", "", "Battery modules that forbid discharging.", nil,
      deviceClass: nil, prometheus: "modules_blocking_discharge",
      influx: "modules_blocking_discharge"),
    .modulesOffline: .measurement(
      "Modules offline", "", "Battery modules that are configured and silent.", nil,
      deviceClass: nil, prometheus: "modules_offline", influx: "modules_offline"),

    .chargeAllowed: .state(
      "Charging allowed", "Whether the BMS permits charging.", .init("bms.allowToCharge"),
      prometheus: "charge_allowed", influx: "charge_allowed"),
    .dischargeAllowed: .state(
      "Discharging allowed", "Whether the BMS permits discharging.", .init("bms.allowToDischarge"),
      prometheus: "discharge_allowed", influx: "discharge_allowed"),
    .forceCharge: .state(
      "Charge demanded", "Whether the BMS demands to be charged at once.", nil,
      prometheus: "force_charge", influx: "force_charge"),
    .fullChargeRequested: .state(
      "Full charge requested", "Whether the BMS asks for a full charge, to correct its count.", nil,
      prometheus: "full_charge_requested", influx: "full_charge_requested"),
    .systemStatus: .state(
      "System status",
      "`online` while the battery is connected, `offline` with an open contactor.",
      .init("bms.state"), influx: "system_status"),

    .manufacturer: .identity("Manufacturer", "Who made the BMS.", .init("manufacturer.name")),
    .model: .identity("Model", "The BMS's name for itself.", .init("manufacturer.model")),
    .serial: .identity("Serial number", "Serial number of the BMS.", .init("bms.serialNumber")),
    .firmware: .identity(
      "Firmware", "Version of the BMS's software, such as `2.6`.",
      .init("bms.firmwareVersion")),
    .productCode: .identity("Product code", "The maker's number for the product.", nil),
    .family: .identity("Family", "Name of the product family.", nil),
  ]

  /// The row of an alarm or a warning: told as a notification, never as a path of its own.
  private var alarmDetails: QuantityDetails {
    let words = rawValue.split(separator: "_").joined(separator: " ")
      .replacing("bms", with: "BMS")
    return QuantityDetails(
      title: words.prefix(1).uppercased() + words.dropFirst(), unit: "", kind: .alarm,
      description: "Whether the BMS has raised this \(isWarning ? "warning" : "alarm").",
      signalK: nil, homeAssistantDeviceClass: "problem", prometheusName: rawValue,
      influxField: rawValue)
  }
}
