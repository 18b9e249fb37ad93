/// What a BMS measures in one second.
package struct BMSMeasurement: Sendable {
  /// Of each cell, in V.
  package var cellVoltages: [Double]
  /// At the terminals, in V.
  package var packVoltage: Double
  /// In A, positive charges.
  package var current: Double
  /// Of each temperature sensor, in degC; `nil` for one that is missing.
  package var temperatures: [Double?]
  /// Of the BMS itself, in degC.
  package var bmsTemperature: Double

  package init(
    cellVoltages: [Double], packVoltage: Double, current: Double, temperatures: [Double?],
    bmsTemperature: Double
  ) {
    self.cellVoltages = cellVoltages
    self.packVoltage = packVoltage
    self.current = current
    self.temperatures = temperatures
    self.bmsTemperature = bmsTemperature
  }
}

/// The extremes of a measurement, and where they are, counted from 1.
package struct MeasuredExtremes: Sendable {
  package private(set) var cellMin = (value: Double.infinity, place: 1)
  package private(set) var cellMax = (value: -Double.infinity, place: 1)
  /// In steps of half a degree, as the sensors give them.
  package private(set) var temperatureMin = (value: Double.infinity, place: 1)
  package private(set) var temperatureMax = (value: -Double.infinity, place: 1)
  private(set) var lacksSensor = false

  init(_ measurement: BMSMeasurement) {
    for (index, voltage) in measurement.cellVoltages.enumerated() {
      if voltage < cellMin.value { cellMin = (voltage, index + 1) }
      if voltage > cellMax.value { cellMax = (voltage, index + 1) }
    }
    for (index, temperature) in measurement.temperatures.enumerated() {
      guard let temperature else {
        lacksSensor = true
        continue
      }
      let value = (temperature * 2).rounded(.down) / 2
      if value < temperatureMin.value { temperatureMin = (value, index + 1) }
      if value > temperatureMax.value { temperatureMax = (value, index + 1) }
    }
  }
}
