import BatteryModel
import BusbarTestSupport
import Publishers
import Testing

@Suite("What is absent")
struct SignalKAbsenceTests {
  @Test("is never sent at all if it never was there")
  func neverNullFirst() throws {
    var bench = try EncoderBench()
    for second in 0...30 { #expect(bench.ask(at: Double(second)).values.isEmpty) }
  }

  @Test("is null once after it was there, at the time when it was missed")
  func nullOnce() throws {
    var bench = try EncoderBench()
    bench.say(.voltage, .number(13.2), at: 0)
    var sent: [SentDeltas.Value] = []
    for second in 0...60 { sent += bench.ask(at: Double(second)).values }
    #expect(
      sent == [
        .init(path: "voltage", value: 13.2, timestamp: "2021-04-08T17:00:00.000Z"),
        .init(path: "voltage", value: .null, timestamp: "2021-04-08T17:00:06.000Z"),
      ])
    try DeltaRecording.keep(bench.sent)
  }

  @Test("is null at once when the BMS says that it is not available, but not twice a second")
  func respectsRate() throws {
    var bench = try EncoderBench()
    bench.say(.voltage, .number(13.2), at: 0)
    _ = bench.ask(at: 0)
    bench.say(.voltage, nil, at: 0.5)
    #expect(bench.ask(at: 0.5).values.isEmpty)
    #expect(bench.ask(at: 1)["voltage"] == .null)
    try DeltaRecording.keep(bench.sent)
  }

  @Test("comes back with its value, without its meta again")
  func comesBack() throws {
    var bench = try EncoderBench()
    bench.say(.voltage, .number(13.2), at: 0)
    _ = bench.ask(at: 0)
    #expect(bench.ask(at: 10)["voltage"] == .null)
    bench.say(.voltage, .number(13.2), at: 11)
    let sent = bench.ask(at: 11)
    #expect(sent["voltage"] == 13.2)
    #expect(sent.metas.isEmpty)
    try DeltaRecording.keep(bench.sent)
  }

  @Test("is null again for a server that has not restarted and shows an old value")
  func clearsSameServer() throws {
    var bench = try EncoderBench()
    bench.encoder.connected(to: .init(startId: "A"))
    bench.say(.voltage, .number(13.2), at: 0)
    _ = bench.ask(at: 0)
    bench.encoder.connected(to: .init(startId: "A"))
    #expect(bench.ask(at: 30)["voltage"] == .null)
    bench.encoder.connected(to: .init(startId: "A"))
    #expect(bench.ask(at: 60).values.isEmpty)
    try DeltaRecording.keep(bench.sent)
  }

  @Test(
    "is nothing to a server that may have restarted",
    arguments: [("A", "B"), ("A", nil), (nil, "A"), (nil, nil)] as [(String?, String?)])
  func sparesNewServer(first: String?, second: String?) throws {
    var bench = try EncoderBench()
    bench.encoder.connected(to: .init(startId: first))
    bench.say(.voltage, .number(13.2), at: 0)
    _ = bench.ask(at: 0)
    bench.encoder.connected(to: .init(startId: second))
    #expect(bench.ask(at: 30).values.isEmpty)
    try DeltaRecording.keep(bench.sent)
  }
}
