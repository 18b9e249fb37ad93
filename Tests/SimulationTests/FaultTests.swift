import BMSDialects
import BatteryModel
import CANFrames
import Simulation
import Testing

@Suite("Faults")
struct FaultTests {
  private func batch(_ faults: String..., seconds: Double = 120) throws -> FrameBatch {
    var bus = try FrameTests.bus(faults: faults)
    return FrameTests.batch(&bus, seconds: seconds)
  }

  private func battery(_ fault: String, seconds: Int) throws -> SimulatedBattery {
    var battery = SimulatedBattery(
      try ProfileLibrary.profile(named: "van-day"), product: .recQ,
      faults: [try Fault(parsing: fault)], seed: 1)
    while battery.seconds < seconds { battery.secondPassed() }
    return battery
  }

  private func second(_ frame: CANFrame) -> Double {
    Double(frame.timestamp - 1_767_225_600_000_000_000) / 1e9
  }

  @Test("silence begins and ends when it should")
  func silence() throws {
    let times = try batch("silence@30s+60s").frames.map(second)
    #expect(times.contains { $0 < 30 } && times.contains { $0 >= 90 })
    #expect(!times.contains { (30..<90).contains($0) })
  }

  @Test("one identifier is missing, the others come")
  func missing() throws {
    let frames = try batch("missing:373@60s").frames
    #expect(frames.contains { $0.identifier == .standard(0x373) && second($0) < 60 })
    #expect(!frames.contains { $0.identifier == .standard(0x373) && second($0) >= 60 })
    #expect(frames.contains { $0.identifier == .standard(0x372) && second($0) >= 60 })
  }

  @Test("corrupted frames differ in one bit")
  func corrupted() throws {
    let clean = try batch().frames
    let frames = try batch("corrupt:50").frames
    #expect(frames.count == clean.count)
    let differing = zip(clean, frames).filter { $0.payload != $1.payload }
    #expect((clean.count / 4...clean.count * 3 / 4).contains(differing.count))
    #expect(differing.allSatisfy { ($0.payload ^ $1.payload).nonzeroBitCount == 1 })
  }

  @Test("bus-off is told, nothing comes, the restart is told")
  func busOff() throws {
    let frames = try batch("bus-off@30s").frames
    let errors = frames.filter { $0.kind == .error }.compactMap { CANErrorReport($0) }
    #expect(errors.map(\.isBusOff) == [true, false])
    #expect(errors.last?.description == "controller restarted")
    #expect(!frames.contains { $0.kind == .data && (30..<40).contains(second($0)) })
  }

  @Test("error frames come among the others, or alone with a wrong bit rate")
  func errorFrames() throws {
    let some = try batch("error-frames@10s").frames
    #expect(some.contains { $0.kind == .error } && some.contains { $0.kind == .data })
    let none = try batch("wrong-bitrate@10s").frames.filter { second($0) >= 10 }
    #expect(!none.isEmpty && none.allSatisfy { $0.kind == .error })
  }

  @Test("a clock that is set moves every time after it, and is told")
  func clockStep() throws {
    let batch = try batch("clock-step:-3600@60s")
    #expect(batch.events.map(\.event.kind) == [.clockStep(nanoseconds: -3_600_000_000_000)])
    let frame = try #require(batch.frames.last)
    #expect(second(frame) < -3000)
  }

  @Test("a second battery speaks in between, with a serial of its own")
  func secondBMS() throws {
    let frames = try batch("second-bms@30s").frames.filter { $0.identifier == .standard(0x380) }
    let serials = Set(frames.map(\.payloadText))
    #expect(serials == ["31512D3138343500", "31512D3138343600"])
    #expect(!frames.contains { $0.payloadText.hasSuffix("3600") && second($0) < 30 })
  }

  @Test("a restart costs the state of charge, and pre-charges")
  func restart() throws {
    let frames = try batch("restart@60s").frames
    #expect(!frames.contains { (60..<70).contains(second($0)) })
    let after = frames.filter { $0.identifier == .standard(0x355) && second($0) > 70 }
    #expect(after.first.map { Int($0.payload & 0xFFFF) } == 50)
  }

  @Test("other software is told, and no longer lowers the current from BMIN")
  func firmware() throws {
    let frames = try batch("firmware:2.8@60s").frames.filter { $0.identifier == .standard(0x35F) }
    #expect(frames.first?.payloadText.hasPrefix("00000206") == true)
    #expect(frames.last?.payloadText.hasPrefix("00000208") == true)
  }

  @Test("a missing sensor stops charging, opens the contactor and is told")
  func missingSensor() throws {
    let battery = try battery("missing-sensor:1@60s", seconds: 90)
    #expect(!battery.controller.isChargeEnabled)
    #expect(!battery.controller.contactor.isClosed)
    #expect(battery.report[.alarmBMSInternal] == 2)
    #expect(battery.current == 0)
  }

  @Test("a stuck sensor stays where it was, a loose wire jumps, a drifting cell falls")
  func sensors() throws {
    let stuck = try battery("stuck-sensor:1@60s", seconds: 8 * 3600)
    let free = try battery("silence@60s", seconds: 8 * 3600)
    let (low, high) = (BatteryQuantity.cellTemperatureMin, BatteryQuantity.cellTemperatureMax)
    #expect(
      (stuck.report[high] ?? 0) - (stuck.report[low] ?? 0)
        > (free.report[high] ?? 0) - (free.report[low] ?? 0))
    let loose = try battery("loose-wire:2@60s", seconds: 120)
    #expect(loose.report[.cellVoltageMinId] == 2 || loose.report[.cellVoltageMaxId] == 2)
    let drifting = try battery("drift:5:2@0s", seconds: 12 * 3600)
    #expect(drifting.report[.cellVoltageMinId] == 5)
  }

  @Test(
    "what is no fault is refused, with the place and what was meant",
    arguments: [
      ("silense@60s", 1, "no fault is named 'silense'; did you mean 'silence'?"),
      ("silence@soon", 9, "'soon' is no time; write 60s, 5m, 1h or 2d"),
      ("drift", 7, "'drift' is not of the form drift:CELL[:AMPERE]"),
      ("missing:zz@1s", 9, "'missing:zz' is not of the form missing:ID"),
    ])
  func refusals(text: String, column: Int, message: String) {
    #expect(throws: FaultTextError(column: column, description: message)) {
      try Fault(parsing: text)
    }
  }
}
