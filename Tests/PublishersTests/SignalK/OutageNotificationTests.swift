import BatteryModel
import BusbarTestSupport
import Publishers
import Testing

@Suite("A battery that is not heard")
struct OutageNotificationTests {
  private static let noon = EncoderBench.start

  @Test("is told with the reason and since when, at once, and the same until the reason changes")
  func tellsReason() throws {
    var bench = try EncoderBench()
    var told: [String] = []
    let reasons: [(Double, BatteryContact?)] = [
      (0, nil), (1, .heard), (2, .lost(.init(.interfaceDown, since: Self.noon + 1_500_000_000))),
      (3, .lost(.init(.interfaceDown, since: Self.noon + 1_500_000_000))),
      (4, .lost(.init(.busSilent, since: Self.noon + 1_500_000_000))),
      (5, .lost(.init(.errorPassive, since: Self.noon + 1_500_000_000))),
      (6, .lost(.init(.batterySilent, since: Self.noon + 1_500_000_000))), (7, .heard),
    ]
    for (second, contact) in reasons {
      bench.snapshot.contact = contact
      told += bench.ask(at: second).communication.compactMap { value in
        value["message"]?.text.map { "\(value["state"]?.text ?? "?"): \($0)" }
      }
    }
    #expect(
      told == [
        "normal: House battery: heard",
        "alarm: House battery: not heard since 17:00:01Z: the interface is down",
        "alarm: House battery: not heard since 17:00:01Z: no frames on the bus",
        """
        alarm: House battery: not heard since 17:00:01Z: the CAN controller is error-passive; \
        check bit rate and wiring
        """,
        "alarm: House battery: not heard since 17:00:01Z: the BMS is silent while others talk",
        "normal: House battery: heard",
      ])
    try DeltaRecording.keep(bench.sent)
  }

  @Test("is noticed also where nobody watches the bus, and comes with a null for each value")
  func noticesSilence() throws {
    var bench = try EncoderBench()
    bench.say(.voltage, .number(13), at: 0)
    _ = bench.ask(at: 0)
    var told: [JSONValue] = []
    var values: [JSONValue] = []
    for half in 1...24 {
      let sent = bench.ask(at: Double(half) / 2)
      told += sent.communication
      values += sent.values.map(\.value)
    }
    #expect(values == [.null])
    #expect(told.map { $0["state"] } == ["alarm"])
    #expect(told.first?["message"] == "House battery: not heard since 17:00:00Z")
    for half in 25...40 {
      bench.say(.voltage, .number(13), at: Double(half) / 2)
      told += bench.ask(at: Double(half) / 2).communication
    }
    #expect(told.map { $0["state"] }.last == "normal")
    try DeltaRecording.keep(bench.sent)
  }

  @Test("says nothing of a battery that was never heard")
  func saysNothing() throws {
    var bench = try EncoderBench()
    for second in 0..<100 { #expect(bench.ask(at: Double(second)).messages.isEmpty) }
  }

  @Test("keeps an acknowledgement through repeats and reconnections")
  func keepsAcknowledgement() throws {
    var bench = try EncoderBench()
    bench.snapshot.contact = .lost(.init(.interfaceDown, since: Self.noon))
    var told: [JSONValue] = []
    for second in 0..<100 {
      if second % 10 == 0 { bench.encoder.connected(to: .init(startId: "same")) }
      told += bench.ask(at: Double(second)).communication
    }
    #expect(told.count >= 10)
    #expect(Set(told).count == 1)
    try DeltaRecording.keep(bench.sent)
  }
}
