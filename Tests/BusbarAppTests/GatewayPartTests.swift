import BMSDialects
import BatteryModel
import BusbarTestSupport
import CANFrames
import Foundation
import Testing

@testable import BusbarApp

@Suite("What outlives a restart, and what is handed on")
struct GatewayPartTests {
  private static let second: Int64 = 1_000_000_000

  @Test("a dialect that was found is decoded with at once the next time")
  func pin() throws {
    let folder = try TemporaryFolder()
    let pin = DialectPin(folder: StateFolder(folder.url.path()), battery: "house")
    #expect(pin.dialect() == nil)
    try pin.keep("rec", since: "2026-11-22T00:00:00Z")
    let dialect = try #require(pin.dialect())
    #expect(dialect.name == "rec")
    var monitor = BatteryMonitor(.automatic, pinned: dialect)
    _ = monitor.take(Frames.batch(["356#320A00002701"]), now: 0)
    #expect(monitor.snapshot.reading(of: .voltage, at: 0)?.value == .number(26.1))
  }

  @Test("a dialect that was kept is left when the battery speaks another one")
  func pinIsWatched() throws {
    var monitor = BatteryMonitor(.automatic, pinned: DialectAtlas.dialect(named: "pylontech"))
    var changes: [String] = []
    for tick in 0...60 {
      let decisions = monitor.take(
        Frames.batch(Frames.recQ), now: Int64(tick) * Self.second / 2)
      for case .changed(let old, let new) in decisions {
        changes.append("\(old) \(new.dialect?.name ?? "")")
      }
    }
    #expect(changes == ["pylontech rec"])
  }

  @Test(
    "a file that is not ours is as good as none",
    arguments: ["", "{", "{\"dialect\":\"nobody's\",\"since\":\"\"}", "[]", "\0\u{FFFD}"])
  func brokenPin(text: String) throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("house.dialect.json", Data(text.utf8))
    let pin = DialectPin(folder: StateFolder(folder.url.path()), battery: "house")
    #expect(pin.dialect() == nil)
  }

  @Test("every destination hears everything, and one that comes late begins with the last word")
  func hub() async {
    let hub = UpdateHub()
    let early = hub.updates()
    for number in 1...3 { hub.tell(BatteryUpdate(snapshot: .init(), now: Int64(number), time: 0)) }
    let late = hub.updates()
    hub.finish()
    #expect(await early.reduce(into: []) { $0.append($1.now) } == [1, 2, 3])
    #expect(await late.reduce(into: []) { $0.append($1.now) } == [3])
    #expect(await hub.updates().reduce(into: []) { $0.append($1.now) } == [3])
    #expect(hub.isFinished)
  }

  @Test("a destination that takes nothing costs no memory")
  func hubIsBounded() async {
    let hub = UpdateHub()
    let slow = hub.updates()
    for number in 1...10_000 {
      hub.tell(BatteryUpdate(snapshot: .init(), now: Int64(number), time: 0))
    }
    hub.finish()
    #expect(await slow.reduce(into: 0) { count, _ in count += 1 } == 16)
  }

  @Test("losses are summed up, one line a minute")
  func losses() {
    var log = EventLog()
    func lost(_ second: Int64) -> String? {
      log.line(.init(.framesDropped(10), timestamp: 0, bus: 0), now: second * Self.second)
    }
    #expect(lost(0)?.hasPrefix("10 frames lost") == true)
    #expect((1..<60).allSatisfy { lost($0) == nil })
    #expect(lost(60)?.hasPrefix("600 frames lost") == true)
    #expect(log.line(.init(.interfaceDown, timestamp: 0, bus: 0), now: 0) == nil)
  }

  @Test("a report says in JSON what it says in words")
  func report() throws {
    var part = PartStatus(.source, name: "can0", battery: "house", time: 0, now: 0)
    part.state = .working
    part.detail = "dialect rec"
    part.count = 12
    part.lastCountTime = 9_900_000_000
    part.lastError = "the interface is down"
    part.lastErrorTime = 5_000_000_000
    let report = StatusReport([part], started: 0, time: 10_000_000_000)
    #expect(try StatusReport(json: Data(report.json().utf8)) == report)
    #expect(try report.json().contains(#""lag_seconds":0.1"#))
    #expect(
      StatusText.text(report) == """
        gateway \(report.process), since 1970-01-01T00:00:00Z
        source       can0  house  working since 1970-01-01T00:00:00Z: dialect rec
                     12 frames, 0 lost, the last 0.1 s ago
                     last trouble 1970-01-01T00:00:05Z: the interface is down

        """)
  }
}
