import CANInterfaces
import Testing

@Suite("An adapter's clock")
struct AdapterClockTests {
  static let second: Int64 = 1_000_000_000
  static let epoch: Int64 = 1_735_270_496 * second

  /// A reading so many nanoseconds after a moment.
  static func reading(_ time: Int64) -> ClockReading {
    ClockReading(realtime: epoch + time, monotonic: time)
  }

  @Test("gives frames that come in one piece the pauses that they had")
  func keepsPauses() {
    var clock = AdapterClock(period: 60 * Self.second)
    let second = Self.second
    _ = clock.time(of: 0, arrival: Self.reading(0))
    let times = [100, 110, 120].map { milliseconds in
      clock.time(of: Int64(milliseconds) * 1_000_000, arrival: Self.reading(second / 8))
    }
    #expect(zip(times.dropFirst(), times).map { $0 - $1 } == [10_000_000, 10_000_000])
    #expect(times.allSatisfy { $0 <= Self.epoch + second / 8 })
  }

  @Test("is followed across the end of its count, also when many counts passed unseen")
  func wraps() {
    var clock = AdapterClock(period: 60 * Self.second)
    for elapsed in [0, 30, 59, 61, 119, 121, 3 * 60 + 5, 3600, 3601] as [Int64] {
      let stamp = (elapsed + 17) % 60 * Self.second
      let time = clock.time(of: stamp, arrival: Self.reading(elapsed * Self.second))
      #expect(abs(time - Self.epoch - elapsed * Self.second) < 100_000_000)
    }
  }

  @Test("is never believed to be ahead of the arrival, or two seconds and more behind it")
  func staysNearArrival() {
    var clock = AdapterClock(period: nil)
    var state: UInt64 = 1
    for step in 0..<5000 as Range<Int64> {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let arrival = step * 10_000_000
      let time = clock.time(of: Int64(state >> 2), arrival: Self.reading(arrival))
      #expect(time <= Self.epoch + arrival)
      #expect(time > Self.epoch + arrival - 2 * Self.second)
    }
  }

  @Test("that was restarted is taken up anew")
  func restarts() {
    var clock = AdapterClock(period: nil)
    _ = clock.time(of: 500 * Self.second, arrival: Self.reading(0))
    let time = clock.time(of: 0, arrival: Self.reading(10 * Self.second))
    #expect(time == Self.epoch + 10 * Self.second)
    let next = clock.time(of: Self.second, arrival: Self.reading(11 * Self.second + 5_000_000))
    #expect(abs(next - Self.epoch - 11 * Self.second) < 10_000_000)
  }

  @Test(
    "may run faster or slower than this machine's without any frame being far off",
    arguments: [-300, 300])
  func drifts(partsPerMillion: Int64) {
    var clock = AdapterClock(period: nil)
    for step in 0..<20_000 as Range<Int64> {
      let arrival = step * 100_000_000
      let stamp = arrival + arrival / 1_000_000 * partsPerMillion
      let time = clock.time(of: stamp, arrival: Self.reading(arrival))
      #expect(Self.epoch + arrival - time < 50_000_000)
    }
  }
}
