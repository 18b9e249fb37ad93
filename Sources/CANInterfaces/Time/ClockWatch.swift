/// Notices when the clock that frames are stamped with is set.
///
/// A Pi without a battery-backed clock starts in the past and is set once the network is there;
/// whoever reads the recording must know. Each reading is held against the one before it, so the
/// slow correction that NTP makes all the time is no step.
package struct ClockWatch: Sendable {
  /// A clock that was set, by how much, and the time it has shown since.
  package struct Step: Hashable, Sendable {
    /// How far it was set, in nanoseconds: positive is forward.
    package var nanoseconds: Int64
    /// The time, by the clock as it is now, at which it was noticed.
    package var noticed: Int64

    /// Whether a frame that was received about now was stamped after the clock was set: its stamp
    /// lies nearer to the present time than to what the old clock would show.
    package func precedes(_ timestamp: Int64) -> Bool {
      let toNew = (timestamp &- noticed).magnitude
      let toOld = (timestamp &- (noticed &- nanoseconds)).magnitude
      return toNew <= toOld
    }
  }

  /// Half a second: far more than two clocks drift apart between two reads.
  package static let smallestStep: UInt64 = 500_000_000

  private var last: ClockReading?

  package init() {}

  /// Call often, with what the clocks say; returns a step if there was one since the last call.
  package mutating func passed(_ reading: ClockReading) -> Step? {
    defer { last = reading }
    guard let last else { return nil }
    let step = (reading.realtime &- last.realtime) &- (reading.monotonic &- last.monotonic)
    guard step.magnitude > Self.smallestStep else { return nil }
    return Step(nanoseconds: step, noticed: reading.realtime)
  }
}
