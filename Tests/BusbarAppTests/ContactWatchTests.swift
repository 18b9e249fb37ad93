import BatteryModel
import CANFrames
import Testing

@testable import BusbarApp

@Suite("Whether a battery is heard")
struct ContactWatchTests {
  private static let second: Int64 = 1_000_000_000
  /// 2026-11-22T00:00:00Z, on the wall clock, is second 0.
  private static let start: Int64 = 1_795_305_600 * second

  /// A watch that is asked ten times a second, and what it told with the second of it.
  private struct Bench {
    var watch = ContactWatch()
    var told: [String] = []
    private var tenth: Int64 = 0

    /// Lets time pass; `each` happens ten times a second.
    mutating func pass(_ seconds: Double, each: (inout ContactWatch, Int64) -> Void = { _, _ in }) {
      for _ in 0..<Int((seconds * 10).rounded()) {
        let now = tenth * second / 10
        each(&watch, now)
        if let change = watch.judge(now: now, time: start + now) {
          told.append("\(Double(tenth) / 10) \(Self.words(change))")
        }
        tenth += 1
      }
    }

    private static func words(_ change: ContactWatch.Change) -> String {
      switch change {
      case .found: "found"
      case .lost(let outage):
        "lost since \((outage.since - start) / (second / 10)): \(outage.reason)"
      case .foundAgain(let time, _): "again after \(time / (second / 10))"
      }
    }
  }

  private static func battery(_ watch: inout ContactWatch, _ now: Int64) {
    watch.take(Frames.batch(["351#00"]), now: now)
    watch.heardBattery(now: now)
  }

  private static func other(_ watch: inout ContactWatch, _ now: Int64) {
    watch.take(Frames.batch(["18FF50E5#00"]), now: now)
  }

  private static func event(_ kind: BusEvent.Kind) -> FrameBatch {
    var batch = FrameBatch()
    batch.append(BusEvent(kind, timestamp: 0, bus: 0))
    return batch
  }

  @Test("a battery that goes on speaking is told of once")
  func heard() {
    var bench = Bench()
    bench.pass(60, each: Self.battery)
    #expect(bench.told == ["0.0 found"])
    #expect(bench.watch.contact(now: 60 * Self.second) == .heard)
  }

  @Test("silence is told after five seconds, with the time of the last word")
  func silence() {
    var bench = Bench()
    bench.pass(10, each: Self.battery)
    bench.pass(600)
    #expect(bench.told == ["0.0 found", "15.0 lost since 99: no frames on the bus"])
  }

  @Test("a battery that is silent while others talk is told from a bus that is dead")
  func othersTalk() {
    var bench = Bench()
    bench.pass(10, each: Self.battery)
    bench.pass(20, each: Self.other)
    bench.pass(20)
    #expect(
      bench.told == [
        "0.0 found", "15.0 lost since 99: the BMS is silent while others talk",
        "40.0 lost since 99: no frames on the bus",
      ])
  }

  @Test("an interface that goes down is told at once, and its silence is not held against the bus")
  func interfaceDown() {
    var bench = Bench()
    bench.pass(10, each: Self.battery)
    bench.watch.take(Self.event(.interfaceDown), now: 10 * Self.second)
    bench.pass(30)
    bench.watch.take(Self.event(.interfaceUp), now: 40 * Self.second)
    bench.pass(1)
    bench.pass(5, each: Self.battery)
    #expect(
      bench.told == [
        "0.0 found", "10.0 lost since 99: the interface is down", "43.0 again after 310",
      ])
  }

  @Test("a battery that comes and goes is not found again before it is steady")
  func looseContact() {
    var bench = Bench()
    bench.pass(1, each: Self.battery)
    bench.pass(10)
    for _ in 0..<5 {
      bench.pass(0.1, each: Self.battery)
      bench.pass(8)
    }
    #expect(bench.told.filter { $0.contains("again") }.count <= 5)
    var restless = Bench()
    restless.watch.failed("gone")
    restless.pass(1)
    for _ in 0..<20 {
      restless.watch.opened(now: 0)
      restless.pass(1, each: Self.battery)
      restless.watch.failed("gone")
      restless.pass(1)
    }
    #expect(restless.told == ["0.0 lost since 0: gone"])
  }

  @Test("what the kernel says of the controller at the start goes before silence")
  func stateAtStart() {
    for (state, reason) in [
      (CANController.State.passive, "error-passive"), (.busOff, "bus-off"), (.active, "no frames"),
    ] {
      var bench = Bench()
      bench.watch.opened(now: 0, state: state)
      bench.pass(10)
      #expect(bench.told.count == 1)
      #expect(bench.told.first?.contains(reason) == true, "\(state): \(bench.told)")
    }
  }

  @Test(
    "what the controller says goes before silence",
    arguments: [
      ("20000040#0000000000000000", "the CAN controller has left the bus (bus-off)"),
      (
        "20000204#0010000000008000",
        "the CAN controller is error-passive; check bit rate and wiring"
      ),
    ])
  func controller(frame: String, reason: String) {
    var bench = Bench()
    bench.pass(10, each: Self.battery)
    bench.watch.take(Frames.batch([frame]), now: 10 * Self.second)
    bench.pass(10)
    bench.watch.take(Frames.batch(["20000100#0000000000000000"]), now: 20 * Self.second)
    bench.pass(5, each: Self.battery)
    #expect(
      bench.told == ["0.0 found", "15.0 lost since 99: \(reason)", "22.0 again after 50"])
  }

  @Test("a source that cannot be opened is told once, with its reason, and another reason at once")
  func failures() {
    var bench = Bench()
    bench.watch.failed("no such interface")
    bench.pass(10)
    bench.watch.failed("no permission")
    bench.pass(10)
    #expect(
      bench.told == ["0.0 lost since 0: no such interface", "10.0 lost since 0: no permission"])
  }

  @Test("nothing is published of a battery that had no time yet to say something")
  func graceAtStart() {
    var bench = Bench()
    bench.watch.failed("no such interface")
    bench.pass(4)
    #expect(bench.watch.contact(now: 4 * Self.second) == nil)
    #expect(bench.watch.contact(now: 5 * Self.second) != nil)
  }

  @Test("frames that nobody understands are no silence")
  func notUnderstood() {
    var bench = Bench()
    bench.pass(10, each: Self.other)
    #expect(
      bench.told == ["5.1 lost since 0: there are frames, but of no battery that is known"])
  }

  @Test("a dialect that is being found out is no outage")
  func identifying() {
    var bench = Bench()
    bench.watch.isIdentifying = true
    bench.pass(10, each: Self.other)
    #expect(bench.told.isEmpty)
  }
}

extension ContactWatch {
  fileprivate mutating func take(_ batch: FrameBatch, now: Int64) {
    take(batch.frames, batch.events, now: now)
  }
}
