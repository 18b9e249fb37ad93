import BatteryModel
import BusbarTestSupport
import Foundation
import Publishers
import Testing

@Suite("Deltas on standard output", .timeLimit(.minutes(3)))
struct SignalKPrinterTests {
  /// Keeps the lines, or is gone after some.
  struct ListSink: DeltaSink {
    let lines = Watched<[String]>([])
    var capacity = Int.max

    func send(_ delta: String) async throws(SignalKError) {
      guard lines.value.count < capacity else {
        throw .connectionLost(server: "list", reason: "full")
      }
      lines.change { $0.append(delta) }
    }
  }

  @Test("prints each delta on a line of its own, and ends with the updates")
  func prints() async throws {
    let battery = LiveBattery()
    let sink = ListSink()
    battery.say(.voltage, .number(13))
    battery.say(.voltage, .number(13.5))
    battery.finish()
    try await SignalKPrinter(
      feeds: [SignalKFeed(SignalKBattery(id: "house"), battery.updates)], sink: sink
    ).run()
    let values = SentDeltas(sink.lines.value).values.map(\.value)
    #expect(values == [13, 13.5])
    #expect(sink.lines.value.count == 3)
    #expect(sink.lines.value.allSatisfy { !$0.contains("\n") })
    try DeltaRecording.keep(sink.lines.value)
  }

  @Test("writes lines to a file")
  func writesLines() throws {
    let pipe = Pipe()
    let sink = StandardOutputSink(file: pipe.fileHandleForWriting)
    try sink.send("{}")
    try sink.send("[]")
    try pipe.fileHandleForWriting.close()
    let written = try #require(try pipe.fileHandleForReading.readToEnd())
    #expect(String(decoding: written, as: UTF8.self) == "{}\n[]\n")
  }

  @Test("ends when nobody reads any more")
  func isGone() async throws {
    let battery = LiveBattery()
    battery.say(.voltage, .number(13))
    let printer = SignalKPrinter(
      feeds: [SignalKFeed(try SignalKBattery(id: "house"), battery.updates)],
      sink: ListSink(capacity: 1))
    let error = await #expect(throws: SignalKError.self) { try await printer.run() }
    #expect(error.map { "\($0)" } == "list: the connection broke: full")
  }
}
