import CANFrames
import CANInterfaces
import Testing

@Suite("The pace of a replay")
struct ReplayPacerTests {
  static let start: Int64 = 1_735_270_496_000_000_000
  static let none = CANFrame.noTime

  /// Times in a log, and how long after the first each frame is due, in milliseconds.
  struct Row: Sendable, CustomTestStringConvertible {
    var times: [Int64]
    var speed = ReplaySpeed.asRecorded
    var due: [Int64]
    var testDescription: String
  }

  private static func milliseconds(_ times: Int64...) -> [Int64] {
    times.map { start + $0 * 1_000_000 }
  }

  @Test(
    "follows the log",
    arguments: [
      Row(times: milliseconds(0, 100, 250), due: [0, 100, 250], testDescription: "as recorded"),
      Row(
        times: milliseconds(0, 100, 250), speed: .factor(10), due: [0, 10, 25],
        testDescription: "ten times as fast"),
      Row(
        times: milliseconds(0, 100, 250), speed: .factor(0.5), due: [0, 200, 500],
        testDescription: "half as fast"),
      Row(
        times: milliseconds(0, 3_600_000, 3_600_100), due: [0, 3_600_000, 3_600_100],
        testDescription: "an hour's pause is kept"),
      Row(
        times: milliseconds(0, 100, -5000, -4900), due: [0, 100, 100, 200],
        testDescription: "a step back is not waited for, what follows is"),
      Row(
        times: [none, none, none], due: [0, 150, 300],
        testDescription: "frames without time, 150 ms apart"),
      Row(
        times: [none, none, none], speed: .factor(3), due: [0, 50, 100],
        testDescription: "frames without time, at speed"),
      Row(
        times: [0, 100_000_000, start, start + 50_000_000], due: [0, 100, 100, 150],
        testDescription: "from relative to absolute time nothing is waited for"),
      Row(
        times: [start, none, start + 1_000_000], due: [0, 150, 300],
        testDescription: "a frame without time among others"),
    ])
  func followsLog(_ row: Row) {
    var pacer = ReplayPacer(speed: row.speed)
    let now: Int64 = 77
    let due = row.times.map { (pacer.schedule($0, now: now) - now) / 1_000_000 }
    #expect(due == row.due)
  }

  @Test("does not drift when the reader lags")
  func doesNotDrift() {
    var pacer = ReplayPacer(speed: .asRecorded)
    #expect(pacer.schedule(Self.start, now: 1000) == 1000)
    #expect(pacer.schedule(Self.start + 10, now: 5000) == 1010)
    #expect(pacer.schedule(Self.start + 9000, now: 5000) == 10_000)
  }

  @Test("waits for nothing at full speed")
  func waitsForNothing() {
    var pacer = ReplayPacer(speed: .unlimited)
    for (index, time) in [Self.start, Self.none, .max, 0, Self.start].enumerated() {
      #expect(pacer.schedule(time, now: Int64(index)) == Int64(index))
    }
  }

  @Test("puts the usual space between two rounds")
  func spacesRounds() {
    var pacer = ReplayPacer(speed: .asRecorded)
    _ = pacer.schedule(Self.start, now: 0)
    _ = pacer.schedule(Self.start + 1000, now: 0)
    pacer.logBeganAgain()
    #expect(pacer.schedule(Self.start, now: 0) == 1000 + ReplayPacer.untimedSpacing)
    #expect(pacer.schedule(Self.start + 1000, now: 0) == 2000 + ReplayPacer.untimedSpacing)
  }

  @Test("survives times that make no sense", arguments: [0.001, 1, 1_000_000])
  func survivesNonsense(factor: Double) throws {
    var pacer = ReplayPacer(speed: try #require(.times(factor)))
    var last = Int64.min
    for time in [Int64.min, .min + 1, 0, .max, .min + 1, Self.start, .max, 0, .max] {
      let due = pacer.schedule(time, now: 1_000_000_000_000)
      #expect(due >= last)
      last = due
    }
  }

  @Test("has a speed that makes sense", arguments: [0, -1, .nan, .infinity, 1e-9, 1e9] as [Double])
  func refusesSpeed(factor: Double) {
    #expect(ReplaySpeed.times(factor) == nil)
  }
}
