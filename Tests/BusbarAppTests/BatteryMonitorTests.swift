import BMSDialects
import BatteryModel
import BusbarTestSupport
import CANFrames
import Testing

@testable import BusbarApp

@Suite("From frames to the battery's state")
struct BatteryMonitorTests {
  private static let second: Int64 = 1_000_000_000

  @Test("finds the dialect by itself and then knows the battery")
  func findsDialect() throws {
    var monitor = BatteryMonitor(.automatic)
    let decisions = monitor.take(Frames.batch(Frames.recQ + Frames.recQ), now: 0)
    guard case .dialect(let candidate)? = decisions.first else {
      Issue.record("no decision after two rounds")
      return
    }
    #expect(candidate.dialect?.name == "rec")
    let told = monitor.update(now: 0, time: 0)
    let update = try #require(told)
    #expect(update.snapshot.reading(of: .voltage, at: 0)?.value == .number(26.1))
    #expect(update.snapshot.reading(of: .serial, at: 0)?.value == .text("1Q-1845"))
    #expect(update.snapshot.reading(of: .capacityRemaining, at: 0)?.value == .number(100))
  }

  @Test("holds to one bus of a source with several", arguments: ["", "rec"])
  func oneBus(dialect: String) throws {
    var monitor = BatteryMonitor(dialect.isEmpty ? .automatic : try DialectChoice(dialect))
    var batch = FrameBatch()
    // Another battery of the same kind, which is heard in between: 49.42 V.
    for frame in Frames.batch(Frames.recQ + Frames.recQ + Frames.recQ).frames {
      batch.append(frame)
      var other = try #require(Frames.batch(["356#4E1302030405"]).frames.first)
      other.bus = 1
      batch.append(other)
    }
    _ = monitor.take(batch, now: 0)
    // What the other bus says is waited for a round.
    _ = monitor.take(FrameBatch(), now: 4 * Self.second)
    #expect(monitor.bus == 0)
    #expect(monitor.dialect?.name == "rec")
    #expect(monitor.snapshot.reading(of: .voltage, at: 0)?.value == .number(26.1))
  }

  @Test("is not on a bus that said one of its identifiers by chance")
  func chance() throws {
    var monitor = BatteryMonitor(try DialectChoice("rec"))
    var stray = try #require(Frames.batch(["356#4E1302030405"]).frames.first)
    stray.bus = 1
    var batch = FrameBatch()
    batch.append(stray)
    _ = monitor.take(batch, now: 0)
    #expect(monitor.bus == 1 && monitor.ownBus == nil)
    _ = monitor.take(Frames.batch(Frames.recQ), now: 0)
    #expect(monitor.ownBus == 0)
    #expect(monitor.snapshot.reading(of: .voltage, at: 0)?.value == .number(26.1))
    _ = monitor.take(batch, now: 0)
    #expect(monitor.snapshot.reading(of: .voltage, at: 0)?.value == .number(26.1))
  }

  @Test("of a source with several buses only the battery's own says whether it is heard")
  func otherBusTalks() throws {
    var monitor = BatteryMonitor(.automatic)
    monitor.sourceOpened(now: 0)
    _ = monitor.take(Frames.batch(Frames.recQ + Frames.recQ), now: 0)
    _ = monitor.judgeContact(now: 0, time: 0)
    var other = try #require(Frames.batch(["0CF00400#00"]).frames.first)
    other.bus = 1
    var reasons: [BatteryOutage.Reason] = []
    for half in 1..<40 {
      var batch = FrameBatch()
      batch.append(other)
      let now = Int64(half) * Self.second / 2
      _ = monitor.take(batch, now: now)
      if case .lost(let outage)? = monitor.judgeContact(now: now, time: now) {
        reasons.append(outage.reason)
      }
    }
    #expect(reasons == [.busSilent])
  }

  @Test("says that a bus is no battery's, and keeps listening")
  func noBattery() {
    var monitor = BatteryMonitor(.automatic)
    let strange = ["18FF50E5#0102", "19F21423#0102030405060708", "0CF00400#00"]
    #expect(monitor.take(Frames.batch(strange), now: 0).isEmpty)
    let decisions = monitor.take(Frames.batch(strange), now: 4 * Self.second)
    guard case .noDialect? = decisions.first else {
      Issue.record("no decision after four seconds")
      return
    }
    _ = monitor.take(Frames.batch(Frames.recQ + Frames.recQ), now: 5 * Self.second)
    #expect(monitor.snapshot.reading(of: .voltage, at: 5 * Self.second) != nil)
  }

  @Test("tells the state twice a second, and at once when an alarm comes or goes")
  func tellsInTime() throws {
    var monitor = BatteryMonitor(try DialectChoice("rec"))
    _ = monitor.take(Frames.batch(Frames.recQ), now: 0)
    #expect(monitor.update(now: 0, time: 0) != nil)
    #expect(monitor.update(now: 100_000_000, time: 0) == nil)
    _ = monitor.take(Frames.batch(["35A#A4A082000000800A"]), now: 200_000_000)
    #expect(monitor.update(now: 200_000_000, time: 0) != nil)
    #expect(monitor.update(now: 300_000_000, time: 0) == nil)
    _ = monitor.take(Frames.batch(["35A#A8A082000000800A"]), now: 400_000_000)
    #expect(monitor.update(now: 400_000_000, time: 0) != nil)
    #expect(monitor.update(now: 900_000_000, time: 0) != nil)
  }

  @Test("keeps single cells, each with its own age, and refuses what no cell has")
  func cells() throws {
    var monitor = BatteryMonitor(try DialectChoice("simpbms"))
    #expect(
      monitor.take(
        Frames.batch(["372#0600000100000D0D", "372#0600000200000E0D"]), now: 0
      ).isEmpty)
    let decisions = monitor.take(Frames.batch(["372#060000030000FFF0"]), now: 0)
    guard case .doubt(let doubt)? = decisions.first else {
      Issue.record("61 V of a cell were taken over")
      return
    }
    #expect("\(doubt)" == "voltage of cell 3 61.695 V: no cell has that")
    let cells = monitor.snapshot.cells
    #expect(cells.known.map(\.cell) == [1, 2])
    #expect(cells.reading(.voltage, of: 2, at: 0)?.value == .number(3.342))
    _ = monitor.take(Frames.batch(["372#0600000100000C0D"]), now: 4 * Self.second)
    #expect(
      monitor.snapshot.cells.reading(.voltage, of: 1, at: 6 * Self.second)?.value == .number(3.34))
    #expect(monitor.snapshot.cells.reading(.voltage, of: 2, at: 6 * Self.second) == nil)
    // 0 V beside a number are no value.
    _ = monitor.take(Frames.batch(["372#0600000100000000"]), now: 6 * Self.second)
    #expect(monitor.snapshot.cells.reading(.voltage, of: 1, at: 6 * Self.second) == nil)
  }

  @Test("a stray reading is told and never published")
  func quarantine() throws {
    var monitor = BatteryMonitor(try DialectChoice("rec"))
    _ = monitor.take(Frames.batch(Frames.recQ), now: 0)
    let decisions = monitor.take(Frames.batch(["356#AA0000002701"]), now: Self.second)
    guard case .doubt(let doubt)? = decisions.first else {
      Issue.record("1.70 V after 26.10 V was believed")
      return
    }
    #expect("\(doubt)" == "voltage 1.7 V: jumped from 26.1 V, not confirmed yet")
    #expect(monitor.snapshot.reading(of: .voltage, at: Self.second)?.value == .number(26.1))
    #expect(monitor.snapshot.reading(of: .current, at: Self.second)?.value == .number(0))
  }

  @Test("follows a battery that begins to speak another dialect")
  func dialectChange() {
    var monitor = BatteryMonitor(.automatic)
    _ = monitor.take(Frames.batch(Frames.recQ + Frames.recQ), now: 0)
    let pylontech = [
      "351#1402740E740ECC01", "355#58005E00", "356#7A13F2FE6B01", "35C#C000", "359#000000000A504E",
      "35E#50594C4F4E202020",
    ]
    var changes: [String] = []
    for second in 1...40 {
      let decisions = monitor.take(Frames.batch(pylontech), now: Int64(second) * Self.second)
      for case .changed(let old, let new) in decisions {
        changes.append("\(old) \(new.dialect?.name ?? "")")
      }
    }
    #expect(changes == ["rec pylontech"])
    #expect(monitor.snapshot.reading(of: .serial, at: 40 * Self.second) == nil)
    #expect(monitor.snapshot.reading(of: .voltage, at: 40 * Self.second)?.value == .number(49.86))
  }

  @Test("what the inverter says is not taken for the battery's word")
  func inverter() throws {
    var monitor = BatteryMonitor(try DialectChoice("sma"))
    _ = monitor.take(Frames.batch(["305#0602DCFFE600DE03"]), now: 0)
    #expect(monitor.snapshot.currentReadings(at: 0).isEmpty)
  }
}

/// Frames for tests.
enum Frames {
  static let recQ = [
    "380#31512D3138343500", "351#1F01BC02E803E700", "355#320064008813", "356#320A00002701",
    "35A#A8A082000000800A", "35E#5245432D424D5300", "35F#0000020664000000",
  ]

  /// Frames in the notation of `cansend`, without times.
  static func batch(_ frames: [String]) -> FrameBatch {
    ReadLog(candump: frames.joined(separator: "\n")).batch
  }
}
