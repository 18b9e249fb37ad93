package import BMSDialects

/// The seven tests that a real REC Q went through on a bench in August 2021, run by the simulated one.
///
/// The course of each is that of its log, with a straight line where the log shows nothing but a slow
/// ramp. `docs/simulation.md` holds the table.
package enum BenchTests {
  package static let titles = [
    "rising voltage", "falling voltage", "cell 1 high", "cell 1 low", "falling temperature",
    "rising temperature", "rising temperature, sensor 2",
  ]

  /// Everything that was measured, with what the simulation makes of it.
  ///
  /// - Parameter dialect: REC's, for the bytes of the alarms.
  /// - Returns: The figures, test after test.
  package static func findings(_ dialect: Dialect) -> [BenchFinding] {
    [
      risingVoltage(dialect), fallingVoltage(dialect), cellHigh(dialect), cellLow(dialect),
      fallingTemperature(dialect), risingTemperature(dialect), secondSensor(dialect),
    ].flatMap(\.findings)
  }

  /// The settings of the tests: the factory's but for these.
  static func settings(_ changes: [BMSSetting: Double] = [:]) -> BMSSettings {
    var settings = BMSSettings()
    settings[.clow] = 2.9
    settings[.capa] = 560
    for (setting, value) in changes { settings[setting] = value }
    return settings
  }

  static func start(
    _ stateOfCharge: Double, held: Double? = nil, stoppedAt voltage: Double? = nil
  ) -> BMSController.Start {
    var start = BMSController.Start()
    start.stateOfCharge = stateOfCharge
    start.heldChargeLimit = held
    start.stoppedDischargeVoltage = voltage
    return start
  }
}
