import BatteryModel
import Testing

@testable import History

@Suite("What is worth an event")
struct BatteryWatchTests {
  private let second: Int64 = 1_000_000_000

  @Test("an alarm begins once and ends once")
  func alarms() {
    var watch = BatteryWatch()
    var events: [HistoryEvent.Kind] = []
    for (time, isActive) in [false, true, true, true, false, false].enumerated() {
      watch.alarm(
        .alarmLowVoltage, isActive: isActive, at: Int64(time) * second, events: &events)
    }
    #expect(
      events == [.alarmBegan(.alarmLowVoltage), .alarmEnded(.alarmLowVoltage, lasted: 3 * second)])
  }

  @Test("a state of charge that changes over a silence is a restart; one that jumps is a jump")
  func charges() {
    var watch = BatteryWatch()
    var events: [HistoryEvent.Kind] = []
    for (time, charge) in [(0, 80.0), (1, 80.1), (2, 91.0), (40, 50.0), (41, 50.0)] {
      watch.heard(at: Int64(time) * second, events: &events)
      watch.charge(charge, at: Int64(time) * second, events: &events)
    }
    #expect(
      events == [
        .chargeJumped(from: 80.1, to: 91), .silent(38 * second),
        .restarted(silence: 38 * second, chargeBefore: 91, chargeAfter: 50),
      ])
  }

  @Test("what was said later says nothing of an older log")
  func olderLog() {
    var watch = BatteryWatch()
    var events: [HistoryEvent.Kind] = []
    watch.heard(at: 1000 * second, events: &events)
    watch.charge(72, at: 1000 * second, events: &events)
    watch.alarm(.alarmLowVoltage, isActive: true, at: 1000 * second, events: &events)
    watch.heard(at: 10 * second, events: &events)
    watch.charge(90, at: 10 * second, events: &events)
    watch.alarm(.alarmLowVoltage, isActive: false, at: 10 * second, events: &events)
    #expect(events == [.alarmBegan(.alarmLowVoltage)])
  }

  @Test("nobody is silent while nobody listens")
  func interruption() {
    var watch = BatteryWatch()
    var events: [HistoryEvent.Kind] = []
    watch.heard(at: 0, events: &events)
    watch.interrupted()
    watch.heard(at: 100 * second, events: &events)
    #expect(events.isEmpty)
  }

  @Test("a firmware is told when it is first heard and when it changes")
  func identity() {
    var watch = BatteryWatch()
    var events: [HistoryEvent.Kind] = []
    for text in ["2.6", "2.6", "", "2.8"] { watch.text(.firmware, text, events: &events) }
    #expect(
      events == [
        .identityChanged(.firmware, from: nil, to: "2.6"),
        .identityChanged(.firmware, from: "2.6", to: "2.8"),
      ])
    #expect(
      HistoryEvent(events[1], time: 0, bus: "can0").text == "Firmware changed from 2.6 to 2.8")
  }
}
