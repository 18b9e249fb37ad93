import BMSDialects

extension BenchTests {
  /// Test 1: 02:04:14 to 02:27:49, from 3.27 V a cell into overvoltage and back.
  static func risingVoltage(_ dialect: Dialect) -> BenchRun {
    let rig = BenchRig.voltages([
      (0, 3.240, 3.266, 26.02), (650, 3.424, 3.452, 27.51), (1090, 3.543, 3.578, 28.49),
      (1098, 3.545, 3.582, 28.52), (1127, 3.556, 3.594, 28.61), (1168, 3.564, 3.603, 28.68),
      (1184, 3.569, 3.618, 28.73), (1295, 3.828, 3.857, 30.74), (1302, 3.840, 3.869, 30.84),
      (1305, 3.845, 3.874, 30.9), (1400, 3.572, 3.604, 28.72), (1401, 3.562, 3.596, 28.65),
      (1404, 3.555, 3.587, 28.58), (1407, 3.225, 3.239, 25.9), (1415, 3.225, 3.239, 25.9),
    ])
    var run = BenchRun(1, rig, settings(), start: start(1.99, stoppedAt: 21.9), dialect: dialect)
    run.find("start") { _ in true }
    run.check("start", "CVL (V)", .limit, 28.7) { $0.limits.chargeVoltage }
    run.check("start", "CCL (A)", .current, 70) { $0.limits.chargeCurrent }
    run.check("start", "DVL (V)", .limit, 21.9) { $0.limits.dischargeVoltage }
    run.check("start", "DCL (A)", .current, 0) { $0.limits.dischargeCurrent }
    taper(&run)
    endOfCharge(&run)
    overVoltage(&run)
    return run
  }

  private static func taper(_ run: inout BenchRun) {
    run.find("CCL leaves 70 A") { $0.limits.chargeCurrent < 70 }
    run.check(
      "CCL leaves 70 A", "max cell (V)", .voltage, 3.452,
      reason: "BMIN is 3.45 V; the logged row is up to 2 s old"
    ) { $0.cellMax }
    run.check("CCL leaves 70 A", "CCL (A)", .current, 69.4) { $0.limits.chargeCurrent }
    let line = line(through: run.rows.filter { (2...69).contains($0.limits.chargeCurrent) })
    run.find("CCL falls") { $0.limits.chargeCurrent < 70 }
    run.check(
      "CCL falls", "slope (A/V)", .current, -537, reason: "43 steps of the supply were fitted"
    ) { _ in line.slope }
    run.check("CCL falls", "70 A at (V)", .voltage, 3.449) { _ in
      line.voltage + (70 - line.current) / line.slope
    }
    run.check("CCL falls", "0 A at (V)", .voltage, 3.580) { _ in
      line.voltage - line.current / line.slope
    }
    run.find("CVL falls") { $0.limits.chargeVoltage < 28.65 }
    run.check(
      "CVL falls", "max cell (V)", .voltage, 3.582, reason: "CHAR is 3.58 V; the row is old"
    ) { $0.cellMax }
    run.check("CVL falls", "CVL (V)", .limit, 28.5) { $0.limits.chargeVoltage }
    run.check("CVL falls", "CCL (A)", .current, 1.1) { $0.limits.chargeCurrent }
    run.find("CVL 28.6 V", after: "CVL falls") { $0.limits.chargeVoltage > 28.55 }
    run.check(
      "CVL 28.6 V", "pack / 8 (V)", .voltage, 28.61 / 8,
      reason: "the offset of 0.02 V was fitted to both rows"
    ) { $0.pack / 8 }
    run.find("CVL 28.7 V", after: "CVL 28.6 V") { $0.limits.chargeVoltage > 28.65 }
    run.check("CVL 28.7 V", "pack / 8 (V)", .voltage, 28.68 / 8) { $0.pack / 8 }
  }

  /// The straight line of least squares of charge current against the highest cell.
  private static func line(
    through rows: [BenchRow]
  ) -> (slope: Double, voltage: Double, current: Double) {
    let count = Double(max(1, rows.count))
    let voltage = rows.reduce(0) { $0 + $1.cellMax } / count
    let current = rows.reduce(0) { $0 + $1.limits.chargeCurrent } / count
    var (product, square) = (0.0, 0.0)
    for row in rows {
      product += (row.cellMax - voltage) * (row.limits.chargeCurrent - current)
      square += (row.cellMax - voltage) * (row.cellMax - voltage)
    }
    return (square > 0 ? product / square : 0, voltage, current)
  }

  private static func endOfCharge(_ run: inout BenchRun) {
    run.find("charge_enable 0") { !$0.isChargeEnabled }
    run.check("charge_enable 0", "min cell (V)", .voltage, 3.569) { $0.cellMin }
    run.check("charge_enable 0", "max cell (V)", .voltage, 3.618) { $0.cellMax }
    run.check("charge_enable 0", "pack / 8 (V)", .voltage, 28.73 / 8) { $0.pack / 8 }
    run.find("CVL 28.2 V") { $0.limits.chargeVoltage < 28.25 }
    run.checkDelay("CVL 28.2 V", since: "charge_enable 0", 1)
    run.check("CVL 28.2 V", "CVL (V)", .limit, 28.2) { $0.limits.chargeVoltage }
    run.check("CVL 28.2 V", "DVL (V)", .limit, 23.1) { $0.limits.dischargeVoltage }
    run.check("CVL 28.2 V", "DCL (A)", .current, 100) { $0.limits.dischargeCurrent }
    run.find("SOC 100 %") { $0.stateOfCharge > 99 }
    run.checkDelay(
      "SOC 100 %", since: "charge_enable 0", 3, reason: "3 s for SOC, 2 s for what remains")
    run.check("SOC 100 %", "remaining (Ah)", .exact, 560) { $0.remaining }
  }

  private static func overVoltage(_ run: inout BenchRun) {
    run.find("alarm") { $0.hasAlarm }
    run.check("alarm", "max cell (V)", .voltage, 3.857) { $0.cellMax }
    run.checkText("alarm", "0x35A", "A4A082000000800A") { $0.alarmBytes }
    run.check("alarm", "CCL (A)", .current, 0) { $0.limits.chargeCurrent }
    run.check("alarm", "CVL (V)", .limit, 30.7) { $0.limits.chargeVoltage }
    run.find("contactor opens", after: "alarm") { !$0.isClosed }
    run.checkDelay("contactor opens", since: "alarm", 7)
    run.check("contactor opens", "max cell (V)", .voltage, 3.869) { $0.cellMax }
    run.find("status 06", after: "alarm") { $0.status == "06" }
    run.checkDelay("status 06", since: "alarm", 8, reason: "the frame comes each 2.7 s")
    run.checkText("status 06", "0x35A", "A4A0820000008006") { $0.alarmBytes }
    run.find("CVL at its highest", after: "alarm") { $0.limits.chargeVoltage > 30.85 }
    run.check("CVL at its highest", "CVL (V)", .limit, 30.9) { $0.limits.chargeVoltage }
    recovery(&run, precharge: 1, online: 3, closed: 4)
    run.check("alarm clears", "max cell (V)", .voltage, 3.596...3.608) { $0.cellMax }
    run.check("alarm clears", "CVL (V)", .limit, 28.2) { $0.limits.chargeVoltage }
    run.check("alarm clears", "CCL (A)", .current, 0) { $0.limits.chargeCurrent }
    run.find("end", after: "contactor closes") { $0.time == 1415 }
    run.check("end", "charge_enable", .exact, 0) { $0.isChargeEnabled ? 1 : 0 }
    run.check("end", "CCL (A)", .current, 0) { $0.limits.chargeCurrent }
  }

  /// From the end of an alarm to the closed contactor, in s from the end of the alarm.
  static func recovery(
    _ run: inout BenchRun, precharge: Double, online: Double, closed: Double
  ) {
    let spread =
      "1 to 3 s were measured to the pre-charge and 3 to 5 s to the closing; 0x35A itself "
      + "comes each 2.7 s"
    run.find("alarm clears", after: "contactor opens") { !$0.hasAlarm }
    run.checkText("alarm clears", "0x35A", "A8A0820000008006") { $0.alarmBytes }
    run.find("pre-charge", after: "alarm clears") { $0.isPrecharging }
    run.checkDelay("pre-charge", since: "alarm clears", precharge, reason: spread)
    run.find("status 0A", after: "alarm clears") { $0.status == "0A" }
    run.checkDelay("status 0A", since: "alarm clears", online, reason: spread)
    run.find("contactor closes", after: "alarm clears") { $0.isClosed }
    run.checkDelay("contactor closes", since: "alarm clears", closed, reason: spread)
    run.find("pre-charge ends", after: "pre-charge") { !$0.isPrecharging }
    run.checkText("pre-charge ends", "0x35A", "A8A082000000800A") { $0.alarmBytes }
  }
}
