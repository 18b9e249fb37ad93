import CANInterfaces
import Testing

@Suite("A watch on the clock that stamps frames")
struct ClockWatchTests {
  static let second: Int64 = 1_000_000_000
  static let start: Int64 = 1_735_270_496 * second

  /// Readings in seconds after the start, and the last step that they hold.
  struct Row: Sendable, CustomTestStringConvertible {
    var readings: [(realtime: Double, monotonic: Double)]
    var step: Int64?
    var testDescription: String
  }

  @Test(
    "reports a step",
    arguments: [
      Row(readings: [(0, 0)], testDescription: "nothing to hold the first reading against"),
      Row(readings: [(0, 0), (1, 1), (60, 60)], testDescription: "both clocks go alike"),
      Row(readings: [(0, 0), (3601, 1)], step: 3600 * second, testDescription: "forward"),
      Row(readings: [(0, 0), (-3599, 1)], step: -3600 * second, testDescription: "back"),
      Row(readings: [(0, 0), (1.5, 1)], testDescription: "half a second is none"),
      Row(readings: [(0, 0), (1.75, 1)], step: 3 * second / 4, testDescription: "more than half"),
      Row(
        readings: [(0, 0), (100, 99.75), (200, 199.5), (300, 299.25)],
        testDescription: "a slow correction adds up and is none"),
      Row(readings: [(0, 0), (28_800, 28_800)], testDescription: "the machine slept"),
      Row(
        readings: [(0, 0), (3601, 1), (3602, 2)],
        testDescription: "a step is reported once"),
    ])
  func reportsStep(_ row: Row) {
    var watch = ClockWatch()
    var last: ClockWatch.Step?
    for reading in row.readings {
      last = watch.passed(
        ClockReading(
          realtime: Self.start + Int64(reading.realtime * 1e9),
          monotonic: Int64(reading.monotonic * 1e9)))
    }
    #expect(last?.nanoseconds == row.step)
  }

  @Test("says which time it has been since")
  func saysWhen() {
    var watch = ClockWatch()
    _ = watch.passed(ClockReading(realtime: 0, monotonic: 5 * Self.second))
    let step = watch.passed(ClockReading(realtime: Self.start, monotonic: 6 * Self.second))
    #expect(step?.noticed == Self.start)
  }

  @Test(
    "knows whether a frame was stamped before or after the clock was set",
    arguments: [
      (3600, -1, true), (3600, -3601, false), (-3600, -1, true), (-3600, 3599, false),
      (1, 0, true), (-2, 2, false),
    ])
  func placesFrames(stepSeconds: Int64, frameSeconds: Int64, isAfter: Bool) throws {
    var watch = ClockWatch()
    _ = watch.passed(
      ClockReading(realtime: Self.start - stepSeconds * Self.second, monotonic: 7))
    let found = watch.passed(ClockReading(realtime: Self.start, monotonic: 7))
    let step = try #require(found)
    #expect(step.precedes(Self.start + frameSeconds * Self.second) == isAfter)
  }

  @Test("survives clocks that make no sense")
  func survivesNonsense() {
    var watch = ClockWatch()
    for realtime in [Int64.min, .max, 0, .min] {
      for monotonic in [Int64.max, .min, 0] {
        let step = watch.passed(ClockReading(realtime: realtime, monotonic: monotonic))
        for timestamp in [Int64.min, .max, 0] { _ = step?.precedes(timestamp) }
      }
    }
  }
}
