import BMSDialects
import CANFrames

/// A bench test with its log: the rig turned through its course before a simulated REC Q.
struct BenchRun: Sendable {
  let number: Int
  let rows: [BenchRow]
  private(set) var findings: [BenchFinding] = []
  /// The rows at which something that was looked for happened, by its name.
  private var found: [String: Int] = [:]

  /// Runs a test to its end.
  ///
  /// - Parameters:
  ///   - number: 1 to 7.
  ///   - rig: Its course.
  ///   - settings: The BMS's.
  ///   - start: What the BMS stands at in the beginning.
  ///   - dialect: What frames are encoded with.
  init(
    _ number: Int, _ rig: BenchRig, _ settings: BMSSettings, start: BMSController.Start,
    dialect: Dialect
  ) {
    self.number = number
    var controller = BMSController(settings, cellCount: 8, start: start)
    var report = BMSReport()
    var rows: [BenchRow] = []
    let alarms = FrameSchedule(.recQ, dialect).slots.compactMap { $0 }
      .first { $0.identifier == .standard(0x35A) }
    for second in 0...Int(rig.points[rig.points.count - 1].time) {
      let measurement = rig.measurement(at: Double(second), cellCount: 8)
      controller.secondPassed(measurement)
      report.update(controller, measurement, health: 100, energy: (0, 0))
      let extremes = controller.extremes
      rows.append(
        BenchRow(
          time: second, cellMin: extremes.cellMin.value, cellMax: extremes.cellMax.value,
          pack: measurement.packVoltage, temperature: extremes.temperatureMax.value,
          temperatureMin: extremes.temperatureMin.value.rounded(.down), limits: controller.limits,
          stateOfCharge: controller.stateOfCharge, remaining: controller.remainingCapacity,
          isChargeEnabled: controller.isChargeEnabled, isClosed: controller.contactor.isClosed,
          isPrecharging: controller.contactor.isPrecharging,
          alarmBytes: alarms?.frame(report, timestamp: 0, bus: 0).payloadText ?? ""))
    }
    self.rows = rows
  }
}

extension BenchRun {
  /// Looks for the first row, not before that of another event, at which something is so.
  mutating func find(_ event: String, after other: String? = nil, _ isSo: (BenchRow) -> Bool) {
    let start = other.map { found[$0] ?? rows.count } ?? 0
    found[event] = rows[min(start, rows.count)...].firstIndex(where: isSo)
  }

  /// The row of an event that was found.
  func row(_ event: String) -> BenchRow? { found[event].map { rows[$0] } }

  /// Holds a figure of an event's row against what was measured.
  mutating func check(
    _ event: String, _ what: String, _ kind: BenchFinding.Kind, _ measured: ClosedRange<Double>,
    reason: String = "", _ figure: (BenchRow) -> Double
  ) {
    findings.append(
      BenchFinding(
        test: number, what: "\(event): \(what)", kind: kind, measured: measured,
        simulated: row(event).map(figure), reason: reason))
  }

  mutating func check(
    _ event: String, _ what: String, _ kind: BenchFinding.Kind, _ measured: Double,
    reason: String = "", _ figure: (BenchRow) -> Double
  ) {
    check(event, what, kind, measured...measured, reason: reason, figure)
  }

  /// Holds the time between two events against what was measured, in s.
  mutating func checkDelay(
    _ event: String, since other: String, _ measured: Double, reason: String = ""
  ) {
    let times = (row(event)?.time, row(other)?.time)
    let delay: Double? =
      if case (let end?, let start?) = times { Double(end - start) } else { nil }
    findings.append(
      BenchFinding(
        test: number, what: "\(event): after '\(other)'", kind: .delay,
        measured: measured...measured, simulated: delay, reason: reason))
  }

  /// Holds a text of an event's row against what was measured.
  mutating func checkText(
    _ event: String, _ what: String, _ measured: String, _ text: (BenchRow) -> String
  ) {
    let simulated = row(event).map(text) ?? "never"
    findings.append(
      BenchFinding(
        test: number, what: "\(event): \(what)", kind: .exact, measured: 0...0, simulated: 0,
        texts: (measured, simulated), reason: ""))
  }
}
