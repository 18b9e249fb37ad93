/// What a logger beside the BMS writes down each second.
struct BenchRow: Sendable {
  /// From the beginning of the test, in s.
  var time: Int
  var cellMin: Double
  var cellMax: Double
  var pack: Double
  /// The highest of the sensors in steps of 0.5 degC, and the lowest as whole degrees.
  var temperature: Double
  var temperatureMin: Double
  var limits: BMSController.Limits
  var stateOfCharge: Double
  var remaining: Double
  var isChargeEnabled: Bool
  var isClosed: Bool
  var isPrecharging: Bool
  /// Bytes 0 to 7 of the frame with the alarms.
  var alarmBytes: String

  /// Whether the frame says that something is wrong.
  var hasAlarm: Bool { !alarmBytes.hasPrefix("A8A082000000") }
  /// The last byte, with the status.
  var status: String { String(alarmBytes.suffix(2)) }
}
