import CSocketCAN
import Glibc

/// Whether the machine's clock is known to be right.
package enum ClockDiscipline {
  /// Whether NTP, GPS or PTP keeps the clock, by the kernel's own word: whoever disciplines it
  /// clears `STA_UNSYNC`.
  package static var isKept: Bool {
    var state = timex()
    let result = unsafe adjtimex(&state)
    return result >= 0 && result != TIME_ERROR && state.status & STA_UNSYNC == 0
  }
}
