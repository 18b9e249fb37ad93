import BatteryModel
import Testing

@Suite("What is not believed")
struct PlausibilityGuardTests {
  private static let second: Int64 = 1_000_000_000

  @Test(
    "a number that no battery has",
    arguments: [
      (
        BatteryQuantity.cellVoltageMax, 65.535, "highest cell voltage 65.535 V: no battery has that"
      ),
      (.stateOfCharge, 104, "state of charge 104.0 %: no battery has that"),
      (.temperature, -150, "temperature -150.0 degC: no battery has that"),
      (.voltage, -1, "voltage -1.0 V: no battery has that"),
    ])
  func outOfRange(quantity: BatteryQuantity, value: Double, words: String) {
    var judge = PlausibilityGuard()
    #expect(judge.doubt(quantity, value, heard: 0)?.description == words)
  }

  @Test("a jump and back within a cycle never passes")
  func stray() {
    var judge = PlausibilityGuard()
    #expect(judge.doubt(.voltage, 53.2, heard: 0) == nil)
    #expect(judge.doubt(.voltage, 1.7, heard: Self.second) == .jump(.voltage, from: 53.2, to: 1.7))
    #expect(judge.doubt(.voltage, 53.2, heard: 2 * Self.second) == nil)
    #expect(judge.doubt(.voltage, 1.7, heard: 3 * Self.second) != nil, "again, not confirmed")
  }

  @Test("a step that lasts passes with its second reading")
  func step() {
    var judge = PlausibilityGuard()
    #expect(judge.doubt(.stateOfCharge, 55, heard: 0) == nil)
    #expect(judge.doubt(.stateOfCharge, 100, heard: Self.second) != nil)
    #expect(judge.doubt(.stateOfCharge, 100, heard: 2 * Self.second) == nil)
    #expect(judge.doubt(.stateOfCharge, 99.9, heard: 3 * Self.second) == nil)
  }

  @Test("after a long silence any value is taken over")
  func silence() {
    var judge = PlausibilityGuard()
    #expect(judge.doubt(.voltage, 53.2, heard: 0) == nil)
    #expect(judge.doubt(.voltage, 25, heard: 31 * Self.second) == nil)
  }

  @Test("an alarm that contradicts a measurement is told")
  func contradiction() {
    var judge = PlausibilityGuard()
    #expect(judge.contradiction(of: .alarmLowVoltage) == nil)
    _ = judge.doubt(.stateOfCharge, 97, heard: 0)
    #expect(
      judge.contradiction(of: .alarmLowVoltage)?.description
        == "alarm low voltage is active at state of charge 97.0 %: one of them is wrong")
    #expect(judge.contradiction(of: .alarmHighVoltage) == nil)
  }
}
