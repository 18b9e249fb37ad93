/// Dates frames by the clock of an adapter that stamps them, on this machine's time.
///
/// An adapter's clock knows well how far two frames are apart, and nothing of the date. When a
/// frame arrives here says the date, but late: by what the adapter, USB or the network held it
/// up. The frames that were held up least tell how the two clocks stand to each other, and that
/// is used for all of them.
///
/// A frame is never dated after its arrival, nor two seconds or more before it: there the adapter
/// was restarted, and arrival is all that is known.
package struct AdapterClock: Hashable, Sendable {
  /// How far a stamp may lie before an arrival.
  private static let longestDelay: Int64 = 2_000_000_000
  /// What two clocks drift apart: a 2000th, more than the worst resonator.
  private static let driftDivisor: Int64 = 2000

  /// When the adapter's count begins again from 0, in nanoseconds; `nil` for never.
  package var period: Int64?
  private var lastStamp: Int64 = 0
  private var lastArrival: Int64?
  /// This machine's monotonic time less the adapter's time, without any delay.
  private var offset: Int64 = 0
  private var lastResult = Int64.min

  package init(period: Int64?) { self.period = period }

  /// Forgets the adapter's clock; call when it may have been restarted.
  package mutating func reset() { self = Self(period: period) }

  /// Takes note of a stamp.
  ///
  /// - Parameters:
  ///   - stamp: What the adapter's clock said, in nanoseconds.
  ///   - arrival: When that was read here.
  /// - Returns: When it was said, in nanoseconds since 1970 by this machine's clock.
  package mutating func time(of stamp: Int64, arrival: ClockReading) -> Int64 {
    let now = arrival.monotonic
    let unwrapped = unwrap(stamp, now: now)
    let candidate = now &- unwrapped
    if let lastArrival {
      offset = min(candidate, offset &+ (now &- lastArrival) / Self.driftDivisor)
      if candidate &- offset >= Self.longestDelay { offset = candidate }
    } else {
      offset = candidate
    }
    lastStamp = unwrapped
    lastArrival = now
    // Better knowledge of the offset must not turn the order of frames around.
    lastResult = min(now, max(lastResult, unwrapped &+ offset))
    return arrival.realtime &- (now &- lastResult)
  }

  /// The stamp on a count that never begins again: what is nearest to where it should stand.
  private func unwrap(_ stamp: Int64, now: Int64) -> Int64 {
    guard let period, let lastArrival else { return stamp }
    let expected = lastStamp &+ (now &- lastArrival)
    let rounds = Double(expected &- stamp) / Double(period)
    return stamp &+ Int64(rounds.rounded()) &* period
  }
}
