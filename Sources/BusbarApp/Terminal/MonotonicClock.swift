import Glibc

/// The clock that ages are counted on: it never steps, whatever happens to the time of day.
enum MonotonicClock {
  /// Nanoseconds since some moment in the past.
  static func now() -> Int64 { read(CLOCK_MONOTONIC) }
}

/// The time of day.
enum WallClock {
  /// Nanoseconds since 1970-01-01T00:00:00Z.
  static func now() -> Int64 { read(CLOCK_REALTIME) }
}

private func read(_ clock: clockid_t) -> Int64 {
  var time = timespec()
  unsafe clock_gettime(clock, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
