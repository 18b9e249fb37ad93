/// What two clocks said at one moment, in nanoseconds.
package struct ClockReading: Hashable, Sendable {
  /// Since 1970, as frames are stamped.
  package var realtime: Int64
  /// On a clock that nobody can set and that goes on while the machine sleeps.
  package var monotonic: Int64

  package init(realtime: Int64, monotonic: Int64) {
    self.realtime = realtime
    self.monotonic = monotonic
  }

  /// Reads both clocks.
  ///
  /// A process that is paused between the two reads would see a step that never was, so a pair
  /// that took longer than a millisecond to read is read again, up to `attempts` times in all.
  static func now(attempts: Int = 10) -> Self {
    let before = SystemClock.sinceBoot
    let reading = Self(realtime: SystemClock.realtime, monotonic: before)
    let isPrompt = SystemClock.sinceBoot - before < 1_000_000
    return isPrompt || attempts <= 1 ? reading : now(attempts: attempts - 1)
  }
}
