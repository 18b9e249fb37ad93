import BatteryModel
import BusbarTestSupport
import Publishers
import Testing

@Suite("Meta")
struct SignalKMetaTests {
  @Test("says what a path is")
  func describes() throws {
    var bench = try EncoderBench()
    bench.say(.stateOfCharge, .number(81.5), at: 0)
    #expect(
      bench.ask(at: 0).metas["capacity.stateOfCharge"] == [
        "description": "Charge left, as the BMS counts it; 100 is full.", "units": "ratio",
        "displayName": "House battery state of charge", "timeout": 60,
        "displayScale": ["lower": 0, "upper": 1],
      ])
    try DeltaRecording.keep(bench.sent)
  }

  @Test("comes in a delta of its own before the first value of each path")
  func comesFirst() throws {
    var bench = try EncoderBench()
    var known: Set<String> = []
    for second in 0...40 {
      let seconds = Double(second)
      if second == 20 { bench.say(.cycles, .number(1), at: seconds) }
      for quantity in [BatteryQuantity.voltage, .current, .temperature] {
        bench.say(quantity, .number(seconds), at: seconds)
      }
      let sent = bench.ask(at: seconds)
      let isNews = second == 0 || second == 20
      #expect(sent.messages.count == (isNews ? 2 : 1))
      #expect((sent.messages.first?["updates"]?.list?.first?["values"] == nil) == isNews)
      #expect(known.isDisjoint(with: sent.metas.keys))
      known.formUnion(sent.metas.keys)
      #expect(known.isSuperset(of: sent.values.map(\.path)))
    }
    try DeltaRecording.keep(bench.sent)
  }

  @Test("is sent again on a new connection, with every value")
  func comesAgain() throws {
    var bench = try EncoderBench(name: "House")
    bench.snapshot = .everything(time: EncoderBench.start, heard: 0)
    let first = bench.ask(at: 0)
    #expect(bench.ask(at: 0.25).messages.isEmpty)
    bench.encoder.connected()
    let second = bench.ask(at: 0.5)
    #expect(second.metas == first.metas)
    #expect(Set(second.values.map(\.path)) == Set(first.values.map(\.path)))
    try DeltaRecording.keep(bench.sent)
  }

  @Test("leaves alone what the user has edited in the server")
  func keepsEdits() throws {
    var bench = try EncoderBench()
    bench.encoder.connected(
      to: .init(meta: [
        "electrical.batteries.house.voltage": ServerMeta(
          members: ["displayName", "timeout", "units", "zones"])
      ]))
    bench.say(.voltage, .number(13.2), at: 0)
    #expect(
      bench.ask(at: 0).metas["voltage"] == [
        "description": "Voltage of the whole pack.", "units": "V",
        "displayScale": ["lower": 9.6, "upper": 16],
      ])
    try DeltaRecording.keep(bench.sent)
  }

  @Test(
    "says only what the server lacks, and never undoes an edit",
    arguments: [
      (
        ServerMeta(members: ["description", "units"], description: "Edited", units: "V"),
        [
          "description": "Edited", "displayName": "House battery voltage", "timeout": 60,
          "displayScale": ["lower": 9.6, "upper": 16],
        ], "what is missing, with the words that are there"
      ),
      (
        ServerMeta(
          members: ["description", "units", "displayName", "timeout", "displayScale"],
          description: "Edited",
          units: "V"), nil, "nothing is missing"
      ),
      (
        ServerMeta(
          members: ["description", "units", "displayName", "timeout", "displayScale"],
          description: "Edited",
          units: "mV"), ["description": "Edited", "units": "V"],
        "the unit of our numbers is ours"
      ),
      (
        ServerMeta(
          members: ["description", "units", "displayName", "timeout", "displayScale"],
          description: "Data should be of type number.", units: "V"),
        ["description": "Voltage of the whole pack."], "the schema's placeholder"
      ),
    ] as [(ServerMeta, JSONValue?, String)])
  func saysWhatIsLacking(known: ServerMeta, sent: JSONValue?, why: String) throws {
    var bench = try EncoderBench()
    bench.encoder.connected(to: .init(meta: ["electrical.batteries.house.voltage": known]))
    bench.say(.voltage, .number(13.2), at: 0)
    #expect(bench.ask(at: 0).metas["voltage"] == sent, "\(why)")
  }

  @Test("has no time where the clock was never set")
  func hasNoTime() throws {
    var bench = try EncoderBench()
    bench.snapshot.record(.voltage, .number(13), time: 5_000_000_000, heard: 0)
    let update = BatteryUpdate(snapshot: bench.snapshot, now: 0, time: 6_000_000_000)
    let deltas = bench.encoder.messages(for: update)
    #expect(deltas.count == 2)
    #expect(!deltas.contains { $0.contains("timestamp") })
  }

  @Test("names a battery without a name after its id", arguments: ["house", "House", "h"])
  func namesById(id: String) throws {
    let expected = id.prefix(1).uppercased() + id.dropFirst() + " battery"
    #expect(try SignalKBattery(id: id).title == expected)
    #expect(try SignalKBattery(id: id, name: "").title == expected)
    #expect(try SignalKBattery(id: id, name: "Bow").title == "Bow")
  }
}
