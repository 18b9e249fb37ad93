import BatteryModel
import Testing

@Suite("What is known about a battery")
struct BatterySnapshotTests {
  private static let second: Int64 = 1_000_000_000

  @Test("a value that nothing confirms goes absent after five seconds")
  func goesAbsent() {
    var snapshot = BatterySnapshot()
    snapshot.record(.voltage, .number(26.1), time: 1, heard: 0)
    #expect(snapshot.reading(of: .voltage, at: 5 * Self.second)?.value == .number(26.1))
    #expect(snapshot.reading(of: .voltage, at: 5 * Self.second + 1) == nil)
  }

  @Test("a value that comes every 2.7 seconds lives for three of its periods")
  func livesThreePeriods() {
    var snapshot = BatterySnapshot()
    for round in 0...9 {
      snapshot.record(.voltage, .number(26), time: nil, heard: Int64(round) * 2_700_000_000)
    }
    let last: Int64 = 9 * 2_700_000_000
    #expect(snapshot.reading(of: .voltage, at: last + 8_000_000_000) != nil)
    #expect(snapshot.reading(of: .voltage, at: last + 8_200_000_000) == nil)
  }

  @Test("a long silence does not make the next value live longer")
  func silenceIsNoPeriod() {
    var snapshot = BatterySnapshot()
    snapshot.record(.voltage, .number(26), time: nil, heard: 0)
    snapshot.record(.voltage, .number(26), time: nil, heard: 3600 * Self.second)
    #expect(snapshot.reading(of: .voltage, at: 3606 * Self.second) == nil)
  }

  @Test("a not-available code makes a value absent at once")
  func notAvailable() {
    var snapshot = BatterySnapshot()
    snapshot.record(.temperature, .number(20), time: nil, heard: 0)
    snapshot.record(.temperature, nil, time: nil, heard: 1)
    #expect(snapshot.reading(of: .temperature, at: 1) == nil)
  }

  @Test("power, spread and actual capacity follow from what they are made of")
  func derived() {
    var snapshot = BatterySnapshot()
    #expect(snapshot.reading(of: .power, at: 0) == nil)
    for (quantity, number): (BatteryQuantity, Double) in [
      (.voltage, 26.1), (.current, -10.1), (.cellVoltageMin, 3.306), (.cellVoltageMax, 3.329),
      (.capacityInstalled, 200), (.stateOfHealth, 98),
    ] { snapshot.record(quantity, .number(number), time: 7, heard: 0) }
    #expect(snapshot.reading(of: .power, at: 0)?.value == .number(-263.61))
    #expect(snapshot.reading(of: .cellVoltageSpread, at: 0)?.value == .number(0.023))
    #expect(snapshot.reading(of: .capacityActual, at: 0)?.value == .number(196))
  }

  @Test("an alarm knows since when it is active")
  func since() {
    var snapshot = BatterySnapshot()
    snapshot.record(.alarmHighVoltage, .alarm(.inactive), time: 100, heard: 0)
    snapshot.record(.alarmHighVoltage, .alarm(.active), time: 200, heard: 1)
    snapshot.record(.alarmHighVoltage, .alarm(.active), time: 300, heard: 2)
    let alarms = snapshot.activeAlarms(at: 2)
    #expect(alarms.map(\.quantity) == [.alarmHighVoltage])
    #expect(alarms.first?.reading.since == 200)
    #expect(alarms.first?.reading.time == 300)
  }

  @Test("an alarm counts as raised if one of two messages raises it")
  func mergesAlarms() {
    var snapshot = BatterySnapshot()
    snapshot.record(.alarmHighVoltage, .alarm(.active), from: 0x359, time: nil, heard: 0)
    snapshot.record(.alarmHighVoltage, .alarm(.unsupported), from: 0x35A, time: nil, heard: 1)
    #expect(snapshot.activeAlarms(at: 1).count == 1)
    snapshot.record(.alarmHighVoltage, .alarm(.inactive), from: 0x359, time: nil, heard: 2)
    #expect(snapshot.reading(of: .alarmHighVoltage, at: 2)?.value == .alarm(.inactive))
  }

  @Test("values are listed in the catalogue's order")
  func order() {
    var snapshot = BatterySnapshot()
    snapshot.record(.current, .number(1), time: nil, heard: 0)
    snapshot.record(.voltage, .number(26), time: nil, heard: 0)
    #expect(snapshot.currentReadings(at: 0).map(\.quantity) == [.voltage, .current, .power])
  }
}
