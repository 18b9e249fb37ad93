import BMSDialects

extension BenchTests {
  /// Test 5: 2021-08-05 23:16:30 to 23:18:08, with TMIN raised to 5 degC.
  static func fallingTemperature(_ dialect: Dialect) -> BenchRun {
    let rig = BenchRig.temperatures([
      (0, 20), (24, 11), (26, 9.9), (39, 5), (40, 4.9), (50, 3), (60, 3), (72, 6.6), (73, 7),
      (87, 9.9), (88, 10), (98, 12),
    ])
    var run = BenchRun(5, rig, settings([.tmin: 5]), start: start(50), dialect: dialect)
    run.find("CCL 14 A") { $0.limits.chargeCurrent < 70 }
    run.check("CCL 14 A", "min (degC)", .temperature, 9...11) { $0.temperatureMin }
    run.check("CCL 14 A", "CCL (A)", .current, 14) { $0.limits.chargeCurrent }
    run.find("charge_enable 0") { !$0.isChargeEnabled }
    run.check("charge_enable 0", "min (degC)", .temperature, 4) { $0.temperatureMin }
    run.find("alarm") { $0.hasAlarm }
    run.checkDelay("alarm", since: "charge_enable 0", 1)
    run.checkText("alarm", "0x35A", "A89082000000800A") { $0.alarmBytes }
    run.check("alarm", "CCL (A)", .current, 0) { $0.limits.chargeCurrent }
    run.check("alarm", "CVL (V)", .limit, 25.9) { $0.limits.chargeVoltage }
    run.find("charge_enable 1", after: "alarm") { $0.isChargeEnabled }
    run.check("charge_enable 1", "min (degC)", .temperature, 6...7) { $0.temperatureMin }
    run.check("charge_enable 1", "CCL (A)", .current, 14) { $0.limits.chargeCurrent }
    run.check("charge_enable 1", "CVL (V)", .limit, 28.7) { $0.limits.chargeVoltage }
    run.find("alarm clears", after: "alarm") { !$0.hasAlarm }
    run.checkDelay(
      "alarm clears", since: "charge_enable 1", 2, reason: "the frame comes each 2.7 s")
    run.find("CCL 70 A", after: "charge_enable 1") { $0.limits.chargeCurrent == 70 }
    run.check("CCL 70 A", "min (degC)", .temperature, 9...10) { $0.temperatureMin }
    let opened = run.rows.filter { !$0.isClosed || $0.status != "0A" }.count
    run.find("whole test") { _ in true }
    run.check("whole test", "seconds with an open contactor", .exact, 0) { _ in Double(opened) }
    return run
  }

  /// Test 6: 2021-08-05 21:35:45 to 21:39:20.
  static func risingTemperature(_ dialect: Dialect) -> BenchRun {
    let rig = BenchRig.temperatures([
      (0, 45), (54, 50.4), (55, 50.5), (140, 55), (151, 55.4), (152, 55.5), (165, 55.9),
      (180, 55.5), (194, 54.2), (195, 53.9), (208, 50.6), (209, 50.4), (215, 49),
    ])
    var run = BenchRun(6, rig, settings(), start: start(50), dialect: dialect)
    risingTemperature(
      &run, near: 50.5, alarm: 55.5, opening: 7, clear: 53.5...54, clearing: 0,
      recovery: (3, 5, 5), far: 50)
    return run
  }

  /// Test 7: 2021-08-07 00:48:33 to 00:50:28, the other sensor.
  static func secondSensor(_ dialect: Dialect) -> BenchRun {
    let rig = BenchRig.temperatures(
      [
        (0, 48), (20, 50.4), (21, 51), (42, 55.4), (43, 56), (60, 57.5), (94, 54.2), (95, 53.9),
        (109, 50.6), (110, 50.4), (115, 49),
      ], sensor: 1)
    var run = BenchRun(7, rig, settings(), start: start(50), dialect: dialect)
    risingTemperature(
      &run, near: 51, alarm: 56, opening: 8, clear: 53...54, clearing: 2, recovery: (1, 3, 4),
      far: 50)
    return run
  }

  private static func risingTemperature(
    _ run: inout BenchRun, near: Double, alarm: Double, opening: Double,
    clear: ClosedRange<Double>, clearing: Double,
    recovery times: (precharge: Double, online: Double, closed: Double), far: Double
  ) {
    run.find("CCL 14 A") { $0.limits.chargeCurrent < 70 }
    run.check("CCL 14 A", "max (degC)", .temperature, near) { $0.temperature }
    run.check("CCL 14 A", "CCL (A)", .current, 14) { $0.limits.chargeCurrent }
    run.find("charge_enable 0") { !$0.isChargeEnabled }
    run.check("charge_enable 0", "max (degC)", .temperature, alarm) { $0.temperature }
    run.check("charge_enable 0", "CCL (A)", .current, 0) { $0.limits.chargeCurrent }
    run.check("charge_enable 0", "CVL (V)", .limit, 25.9) { $0.limits.chargeVoltage }
    run.find("alarm") { $0.hasAlarm }
    run.checkDelay("alarm", since: "charge_enable 0", 0)
    run.checkText("alarm", "0x35A", "68A082000000800A") { $0.alarmBytes }
    run.find("contactor opens", after: "alarm") { !$0.isClosed }
    run.checkDelay("contactor opens", since: "alarm", opening)
    run.find("charge_enable 1", after: "contactor opens") { $0.isChargeEnabled }
    run.check("charge_enable 1", "max (degC)", .temperature, clear) { $0.temperature }
    run.check("charge_enable 1", "CCL (A)", .current, 14) { $0.limits.chargeCurrent }
    run.check("charge_enable 1", "CVL (V)", .limit, 28.7) { $0.limits.chargeVoltage }
    recovery(&run, precharge: times.precharge, online: times.online, closed: times.closed)
    run.checkDelay(
      "alarm clears", since: "charge_enable 1", clearing,
      reason: "0 s in one test, 2 s in the other")
    run.find("CCL 70 A", after: "charge_enable 1") { $0.limits.chargeCurrent == 70 }
    run.check("CCL 70 A", "max (degC)", .temperature, far) { $0.temperature }
  }
}
