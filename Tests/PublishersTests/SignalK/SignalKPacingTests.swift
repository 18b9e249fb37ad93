import BatteryModel
import BusbarTestSupport
import Publishers
import Testing

@Suite("When a value is sent")
struct SignalKPacingTests {
  @Test("sends a path at most once a second, and then its newest value")
  func limitsRate() throws {
    var bench = try EncoderBench()
    var times: [Double] = []
    for step in 0...40 {
      let seconds = Double(step) / 10
      bench.say(.voltage, .number(13 + seconds / 100), at: seconds)
      if bench.ask(at: seconds)["voltage"] != nil { times.append(seconds) }
    }
    #expect(times == [0, 1, 2, 3, 4])
    try DeltaRecording.keep(bench.sent)
  }

  @Test("limits each path for itself")
  func limitsPathsApart() throws {
    var bench = try EncoderBench()
    bench.say(.voltage, .number(13), at: 0)
    #expect(bench.ask(at: 0).values.map(\.path) == ["voltage"])
    bench.say(.stateOfCharge, .number(50), at: 0.5)
    #expect(bench.ask(at: 0.5).values.map(\.path) == ["capacity.stateOfCharge"])
  }

  @Test("repeats what does not change every 15 seconds, with the time of the newest reading")
  func repeats() throws {
    var bench = try EncoderBench()
    var sent: [SentDeltas.Value] = []
    for second in 0...45 {
      bench.say(.voltage, .number(13.2), at: Double(second))
      sent += bench.ask(at: Double(second) + 0.25).values
    }
    #expect(
      sent.map(\.timestamp) == [
        "2021-04-08T17:00:00.000Z", "2021-04-08T17:00:15.000Z", "2021-04-08T17:00:30.000Z",
        "2021-04-08T17:00:45.000Z",
      ])
    try DeltaRecording.keep(bench.sent)
  }

  @Test("groups values by the time at which the BMS said them")
  func groups() throws {
    var bench = try EncoderBench()
    bench.say(.voltage, .number(13.2), at: 0.125)
    bench.say(.stateOfCharge, .number(50), at: 0.25)
    bench.say(.cycles, .number(3), at: 0.125)
    let sent = bench.ask(at: 1)
    #expect(
      sent.messages.last?["updates"]?.list?.map { $0["timestamp"] } == [
        "2021-04-08T17:00:00.125Z", "2021-04-08T17:00:00.250Z",
      ])
    #expect(sent.values.map(\.path) == ["voltage", "cycles", "capacity.stateOfCharge"])
    try DeltaRecording.keep(bench.sent)
  }

  @Test("gives a reading without a time that of the update")
  func usesUpdateTime() throws {
    var bench = try EncoderBench()
    bench.snapshot.record(.voltage, .number(13), time: nil, heard: 0)
    #expect(bench.ask(at: 2.5).values.map(\.timestamp) == ["2021-04-08T17:00:02.500Z"])
  }

  @Test("sends a whole delta of the right shape")
  func hasShape() throws {
    var bench = try EncoderBench(id: "Bank2")
    bench.say(.current, .number(-12.4), at: 0.001)
    _ = bench.ask(at: 0.001)
    #expect(
      bench.sent.last
        == #"{"updates":[{"$source":"busbar.Bank2","timestamp":"2021-04-08T17:00:00.001Z","#
        + #""values":[{"path":"electrical.batteries.Bank2.current","value":-12.4},"#
        + #"{"path":"notifications.electrical.batteries.Bank2.communication","#
        + #""value":{"message":"Bank2 battery: heard","method":[],"state":"normal"}}]}]}"#)
    try DeltaRecording.keep(bench.sent)
  }

  @Test("survives a clock that starts anew")
  func survivesOtherClock() throws {
    var bench = try EncoderBench()
    bench.say(.voltage, .number(13), at: 1000)
    #expect(bench.ask(at: 1000)["voltage"] == 13)
    bench.snapshot = BatterySnapshot()
    bench.say(.voltage, .number(13.5), at: 0)
    #expect(bench.ask(at: 0)["voltage"] == 13.5)
  }

  @Test("publishes the name, and repeats it")
  func publishesName() throws {
    var bench = try EncoderBench(name: "Main bank")
    let first = bench.ask(at: 0)
    #expect(first["name"] == "Main bank")
    #expect(first.metas["name"]?["displayName"] == "Main bank name")
    #expect(bench.ask(at: 14)["name"] == nil)
    #expect(bench.ask(at: 15)["name"] == "Main bank")
    try DeltaRecording.keep(bench.sent)
  }
}
