/// When waiting must end, on the monotonic clock.
package struct Deadline: Hashable, Sendable {
  /// The latest time in nanoseconds; `nil` if waiting may go on for ever.
  private let time: Int64?

  /// Creates a deadline as callers of ``FrameSource`` give it.
  ///
  /// - Parameters:
  ///   - milliseconds: How long to wait; 0 does not wait, a negative number waits without end.
  ///   - now: The time from which it counts.
  package init(milliseconds: Int32, from now: Int64 = SystemClock.monotonic) {
    time = milliseconds < 0 ? nil : now + Int64(milliseconds) * 1_000_000
  }

  private init(time: Int64) { self.time = time }

  package func hasPassed(at now: Int64) -> Bool { time.map { $0 <= now } ?? false }

  /// What is left as `poll` takes it: rounded up, so that the deadline has passed when it returns;
  /// -1 if there is no end.
  package func milliseconds(at now: Int64) -> CInt {
    guard let time else { return -1 }
    return CInt(clamping: (max(0, time - now) + 999_999) / 1_000_000)
  }

  /// This deadline, or `other` if that comes first.
  func orSooner(_ other: Int64) -> Self { Self(time: min(time ?? other, other)) }
}
