import BatteryModel
import BusbarTestSupport
import Publishers
import Testing

@Suite("Alarms")
struct SignalKAlarmTests {
  private static let path = "notifications.highVoltage"

  @Test(
    "merges an alarm and its warning",
    arguments: [
      (AlarmState.active, AlarmState.active, "alarm" as String?),
      (.active, .inactive, "alarm"), (.active, .unsupported, "alarm"), (.active, nil, "alarm"),
      (.inactive, .active, "warn"), (.unsupported, .active, "warn"), (nil, .active, "warn"),
      (.inactive, .inactive, "normal"), (.inactive, .unsupported, "normal"),
      (.unsupported, .inactive, "normal"), (.inactive, nil, "normal"), (nil, .inactive, "normal"),
      (.unsupported, .unsupported, nil), (.unsupported, nil, nil), (nil, nil, nil),
    ] as [(AlarmState?, AlarmState?, String?)])
  func merges(alarm: AlarmState?, warning: AlarmState?, state: String?) throws {
    var bench = try EncoderBench()
    if let alarm { bench.say(.alarmHighVoltage, .alarm(alarm), at: 0) }
    if let warning { bench.say(.warningHighVoltage, .alarm(warning), at: 0) }
    let sent = bench.ask(at: 0)
    #expect(sent[Self.path]?["state"]?.text == state)
    let methods: [String: JSONValue] = [
      "alarm": ["visual", "sound"], "warn": ["visual"], "normal": [],
    ]
    #expect(sent[Self.path]?["method"] == state.flatMap { methods[$0] })
    try DeltaRecording.keep(bench.sent)
  }

  @Test("has one path for each subject")
  func hasPaths() throws {
    var bench = try EncoderBench()
    bench.snapshot = .everything(time: EncoderBench.start, heard: 0, alarms: .active)
    let paths = bench.ask(at: 0).values.map(\.path).filter { $0.hasPrefix("notifications.") }
    let subjects = [
      "general", "highVoltage", "lowVoltage", "highTemperature", "lowTemperature",
      "highTemperatureCharge", "lowTemperatureCharge", "highCurrent", "highChargeCurrent",
      "contactor", "shortCircuit", "bmsInternal", "cellImbalance",
    ]
    #expect(paths == subjects.map { "notifications.\($0)" })
    try DeltaRecording.keep(bench.sent)
  }

  @Test(
    "says it in words",
    arguments: [
      (BatteryQuantity.alarmHighVoltage, "high voltage"),
      (.warningHighTemperatureCharge, "high temperature while charging"),
      (.alarmBMSInternal, "internal BMS fault"), (.alarmContactor, "contactor fault"),
      (.warningGeneral, "general alarm"), (.alarmCellImbalance, "cell imbalance"),
    ])
  func hasWords(quantity: BatteryQuantity, words: String) throws {
    var bench = try EncoderBench()
    bench.say(quantity, .alarm(.active), at: 249)
    let message = bench.ask(at: 250).values.first?.value["message"]
    #expect(message == .text("House battery: \(words) since 17:04:09Z"))
    bench.say(quantity, .alarm(.inactive), at: 251)
    _ = bench.ask(at: 251)
    let cleared = bench.ask(at: 253).values.first?.value["message"]
    #expect(cleared == .text("House battery: no \(words)"))
    try DeltaRecording.keep(bench.sent)
  }

  @Test("are told at once, however short ago the last word was")
  func isUrgent() throws {
    var bench = try EncoderBench()
    bench.say(.alarmHighVoltage, .alarm(.inactive), at: 0)
    #expect(bench.ask(at: 0)[Self.path]?["state"] == "normal")
    bench.say(.warningHighVoltage, .alarm(.active), at: 0.1)
    #expect(bench.ask(at: 0.1)[Self.path]?["state"] == "warn")
    bench.say(.alarmHighVoltage, .alarm(.active), at: 0.2)
    #expect(bench.ask(at: 0.2)[Self.path]?["state"] == "alarm")
    try DeltaRecording.keep(bench.sent)
  }

  @Test("keep their message while they last, and are repeated every 15 seconds")
  func isStable() throws {
    var bench = try EncoderBench()
    var sent: [SentDeltas.Value] = []
    for second in 0...30 {
      bench.say(.alarmHighVoltage, .alarm(.active), at: Double(second))
      sent += bench.ask(at: Double(second)).values
    }
    #expect(sent.count == 3)
    #expect(Set(sent.map(\.value)).count == 1)
    #expect(sent.last?.timestamp == "2021-04-08T17:00:30.000Z")
    try DeltaRecording.keep(bench.sent)
  }

  /// What the BMS says every half second, and what becomes of it: `A`larm, `W`arning, `-` clear.
  @Test(
    "are cleared after two quiet seconds only",
    arguments: [
      ("A-----", "A....-", "two seconds after the first clear word"),
      ("A-A-A-A-----", "A..........-", "flapping"),
      ("A----A-----", "A.........-", "nearly quiet enough"),
      ("AWWWWW", "A....W", "a warning is better than an alarm"),
      ("AWW-------", "A....W...-", "the worst of the last two seconds, then the next"),
      ("W---A", "W...A", "worse is never late"),
      ("WA-----", "WA....-", "straight back to normal"),
      ("--A", "-.A", "from normal"),
      ("A W", "A0W", "no word of the BMS at all is an absence"),
    ])
  func hasHysteresis(said: String, told: String, why: String) throws {
    var bench = try EncoderBench()
    var result = ""
    for (step, letter) in said.enumerated() {
      let seconds = Double(step) / 2
      let isSilent = letter == " "
      bench.say(
        .alarmHighVoltage, isSilent ? nil : .alarm(letter == "A" ? .active : .inactive),
        at: seconds)
      bench.say(
        .warningHighVoltage, isSilent ? nil : .alarm(letter == "W" ? .active : .inactive),
        at: seconds)
      let value = bench.ask(at: seconds)[Self.path]
      let letters: [JSONValue: String] = ["alarm": "A", "warn": "W", "normal": "-"]
      result += value.map { $0 == .null ? "0" : letters[$0["state"] ?? .null] ?? "?" } ?? "."
    }
    #expect(result == told, "\(why)")
    try DeltaRecording.keep(bench.sent)
  }

  @Test("are null once when the BMS falls silent")
  func goesAbsent() throws {
    var bench = try EncoderBench()
    bench.say(.alarmHighVoltage, .alarm(.active), at: 0)
    _ = bench.ask(at: 0)
    var sent: [SentDeltas.Value] = []
    for second in 1...30 { sent += bench.ask(at: Double(second)).values }
    #expect(sent.map(\.value) == [.null])
    try DeltaRecording.keep(bench.sent)
  }

  @Test("that were cleared while the server was away are cleared on the new connection at once")
  func forgetsLevel() throws {
    var bench = try EncoderBench()
    bench.say(.alarmHighVoltage, .alarm(.active), at: 0)
    _ = bench.ask(at: 0)
    bench.encoder.connected()
    bench.say(.alarmHighVoltage, .alarm(.inactive), at: 60)
    #expect(bench.ask(at: 60)[Self.path]?["state"] == "normal")
    try DeltaRecording.keep(bench.sent)
  }
}
