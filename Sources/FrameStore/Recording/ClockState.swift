/// What the machine's clocks say at one moment.
package struct ClockState: Hashable, Sendable {
  /// Nanoseconds since 1970, as frames are stamped.
  package var realtime: Int64
  /// Nanoseconds on a clock that nobody can set and that goes on while the machine sleeps.
  package var monotonic: Int64
  /// Whether the wall clock is known to be right: NTP, GPS or PTP keeps it.
  package var isSet: Bool
  /// What tells this boot of the machine from every other.
  package var boot: String

  package init(realtime: Int64, monotonic: Int64, isSet: Bool, boot: String) {
    self.realtime = realtime
    self.monotonic = monotonic
    self.isSet = isSet
    self.boot = boot
  }

  /// By how much the wall clock is ahead of the monotonic one.
  package var offset: Int64 { realtime &- monotonic }
}
