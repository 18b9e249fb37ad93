import CSocketCAN
import Glibc

/// The kernel's clocks, in nanoseconds.
package enum SystemClock {
  /// Since 1970; jumps when somebody sets the clock (`CLOCK_REALTIME`).
  package static var realtime: Int64 { nanoseconds(CLOCK_REALTIME) }

  /// Never jumps, and stands still while the machine sleeps (`CLOCK_MONOTONIC`).
  package static var monotonic: Int64 { nanoseconds(CLOCK_MONOTONIC) }

  /// Never jumps, and goes on while the machine sleeps (`CLOCK_BOOTTIME`).
  package static var sinceBoot: Int64 { nanoseconds(CLOCK_BOOTTIME) }

  private static func nanoseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
