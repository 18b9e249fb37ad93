import BMSDialects

extension BenchTests {
  /// What a falling test showed.
  private struct Falling {
    /// From the first step of the discharge current to none, in s.
    var rampSeconds: Double
    /// The lowest cell at the first and the last step, in V.
    var rampStart: Double
    var rampEnd: Double?
    /// The voltage limit at the first step, and where it froze, in V.
    var dischargeVoltages: (first: Double, frozen: Double)
    /// The charge current limit when the discharge current is gone, in A.
    var heldChargeLimit: Double
    /// From there to charge_enable, and to the state of charge of 2 %, in s.
    var delays: (enable: Double, reset: Double)
    var alarm: Double
    var opening: Double
    /// The lowest cell when the alarm clears, in V.
    var clear: ClosedRange<Double>
    var recovery: (precharge: Double, online: Double, closed: Double)
  }

  /// Test 2: 2021-08-05 19:58:30 to 20:17:08, all cells alike.
  static func fallingVoltage(_ dialect: Dialect) -> BenchRun {
    let rig = BenchRig.voltages([
      (0, 3.300, 3.312, 26.45), (313, 2.900, 2.912, 23.24), (337, 2.891, 2.902, 23.17),
      (660, 2.798, 2.81, 22.43), (720, 2.78, 2.792, 22.29), (1000, 2.7, 2.712, 21.65),
      (1096, 2.898, 2.91, 23.23), (1097, 2.900, 2.912, 23.25), (1118, 3.242, 3.254, 25.98),
    ])
    return falling(
      2, rig, held: 4.8, dialect,
      Falling(
        rampSeconds: 24, rampStart: 2.9, rampEnd: 2.891, dischargeVoltages: (23.2, 23.1),
        heldChargeLimit: 0.9, delays: (1, 3), alarm: 2.798, opening: 7, clear: 2.898...2.9,
        recovery: (3, 3, 5)))
  }

  /// Test 3: 2021-08-07 01:16:58 to 01:35:13, cell 1 about 0.1 V above the others.
  static func cellHigh(_ dialect: Dialect) -> BenchRun {
    let rig = BenchRig.voltages(
      [
        (0, 3.25, 3.36, 26.11), (270, 2.9, 3.005, 23.31), (295, 2.891, 2.996, 23.24),
        (622, 2.798, 2.901, 22.5), (1000, 2.75, 2.851, 22.1), (1073, 2.896, 3.0, 23.28),
        (1074, 2.9, 3.004, 23.31), (1095, 3.2, 3.31, 25.7),
      ], lowCell: 3, highCell: 0)
    return falling(
      3, rig, held: 0.1, dialect,
      Falling(
        rampSeconds: 25, rampStart: 2.9, rampEnd: nil, dischargeVoltages: (23.3, 23.2),
        heldChargeLimit: 0, delays: (1, 1), alarm: 2.798, opening: 7, clear: 2.9...2.9,
        recovery: (1, 3, 3)))
  }

  /// Test 4: 2021-08-07 01:00:33 to 01:13:09, cell 1 up to 0.16 V below the others.
  static func cellLow(_ dialect: Dialect) -> BenchRun {
    let rig = BenchRig.voltages(
      [
        (0, 2.99, 3.1, 24.6), (32, 2.903, 3.004, 23.93), (33, 2.9, 3.003, 23.91),
        (57, 2.876, 2.995, 23.83), (283, 2.798, 2.945, 23.4), (600, 2.75, 2.89, 23.0),
        (733, 2.897, 3.05, 24.24), (734, 2.9, 3.053, 24.26), (756, 3.116, 3.278, 26.05),
      ], lowCell: 0, highCell: 5)
    return falling(
      4, rig, held: 0.1, dialect,
      Falling(
        rampSeconds: 24, rampStart: 2.903, rampEnd: nil, dischargeVoltages: (23.9, 23.8),
        heldChargeLimit: 0, delays: (1, 3), alarm: 2.798, opening: 8, clear: 2.898...2.901,
        recovery: (3, 3, 5)))
  }

  private static func falling(
    _ number: Int, _ rig: BenchRig, held: Double, _ dialect: Dialect, _ measured: Falling
  ) -> BenchRun {
    var run = BenchRun(number, rig, settings(), start: start(100, held: held), dialect: dialect)
    run.find("start") { $0.time == 2 }
    run.check("start", "CVL (V)", .limit, 28.2) { $0.limits.chargeVoltage }
    run.check("start", "CCL (A)", .current, held) { $0.limits.chargeCurrent }
    run.check("start", "DVL (V)", .limit, 23.1) { $0.limits.dischargeVoltage }
    run.check("start", "charge_enable", .exact, 0) { $0.isChargeEnabled ? 1 : 0 }
    ramp(&run, measured)
    run.find("alarm") { $0.hasAlarm }
    run.check(
      "alarm", "min cell (V)", .voltage, measured.alarm,
      reason: "CMIN is 2.8 V; 3 s below it are asked for"
    ) { $0.cellMin }
    run.checkText("alarm", "0x35A", "98A082000000800A") { $0.alarmBytes }
    run.find("SOC 1 %", after: "alarm") { $0.stateOfCharge < 2 }
    run.check("SOC 1 %", "remaining (Ah)", .exact, 12) { $0.remaining }
    run.find("contactor opens", after: "alarm") { !$0.isClosed }
    run.checkDelay("contactor opens", since: "alarm", measured.opening)
    run.check("contactor opens", "CCL (A)", .current, 70) { $0.limits.chargeCurrent }
    run.check("contactor opens", "charge_enable", .exact, 1) { $0.isChargeEnabled ? 1 : 0 }
    run.checkText("contactor opens", "0x35A", "98A0820000008006") { $0.alarmBytes }
    let times = measured.recovery
    recovery(&run, precharge: times.precharge, online: times.online, closed: times.closed)
    run.check("alarm clears", "min cell (V)", .voltage, measured.clear) { $0.cellMin }
    run.check("contactor closes", "DCL (A)", .current, 0) { $0.limits.dischargeCurrent }
    return run
  }

  private static func ramp(_ run: inout BenchRun, _ measured: Falling) {
    run.find("DCL 80 A") { $0.limits.dischargeCurrent < 100 }
    run.check("DCL 80 A", "min cell (V)", .voltage, measured.rampStart) { $0.cellMin }
    run.check("DCL 80 A", "DCL (A)", .current, 80) { $0.limits.dischargeCurrent }
    run.check("DCL 80 A", "DVL (V)", .limit, measured.dischargeVoltages.first) {
      $0.limits.dischargeVoltage
    }
    run.find("DCL 0 A") { $0.limits.dischargeCurrent == 0 }
    run.checkDelay("DCL 0 A", since: "DCL 80 A", measured.rampSeconds)
    if let voltage = measured.rampEnd {
      run.check("DCL 0 A", "min cell (V)", .voltage, voltage) { $0.cellMin }
    }
    var steps: [String] = []
    for row in run.rows where row.limits.dischargeCurrent < 100 {
      let text = "\(row.limits.dischargeCurrent)"
      if steps.last != text { steps.append(text) }
    }
    run.checkText(
      "DCL 0 A", "steps of DCL (A)",
      "80.0 64.0 51.2 40.9 32.7 26.2 20.9 16.7 13.4 10.7 8.5 6.8 5.4 4.3 3.5 2.8 2.2 0.0"
    ) { _ in steps.joined(separator: " ") }
    run.check("DCL 0 A", "DVL (V)", .limit, measured.dischargeVoltages.frozen) {
      $0.limits.dischargeVoltage
    }
    run.check("DCL 0 A", "CCL (A)", .current, measured.heldChargeLimit) { $0.limits.chargeCurrent }
    run.find("charge_enable 1", after: "DCL 0 A") { $0.isChargeEnabled }
    run.checkDelay("charge_enable 1", since: "DCL 0 A", measured.delays.enable)
    run.find("SOC 2 %", after: "DCL 0 A") { $0.stateOfCharge < 3 }
    run.checkDelay(
      "SOC 2 %", since: "DCL 0 A", measured.delays.reset,
      reason: "1 s in one test, 3 s in the others")
    run.check("SOC 2 %", "SOC (%)", .exact, 2.99) { $0.stateOfCharge }
    run.check("SOC 2 %", "remaining (Ah)", .exact, 17) { $0.remaining }
    run.check("SOC 2 %", "CVL (V)", .limit, 28.7) { $0.limits.chargeVoltage }
    run.check("SOC 2 %", "CCL (A)", .current, 70) { $0.limits.chargeCurrent }
  }
}
