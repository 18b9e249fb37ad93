import CSocketCAN
import Glibc

/// A descriptor that one thread makes readable to wake another from its wait.
///
/// Fit to be a source's stop descriptor. It is a timer that is due at once rather than an eventfd,
/// because an eventfd is raised by writing to it: no code of this target can put a byte into any
/// descriptor, so none of it can put a frame on a bus.
package final class WakeSignal: Sendable {
  private let timer: Descriptor

  /// Readable from ``raise()`` to ``lower()``; valid as long as this object lives.
  package var descriptor: CInt { timer.rawValue }

  /// Creates a signal that is not raised.
  package init() throws(CallFailure) {
    let flags = CInt(TFD_NONBLOCK) | CInt(TFD_CLOEXEC)
    timer = try Descriptor(
      "timerfd_create", adopting: timerfd_create(CLOCK_MONOTONIC, flags))
  }

  /// Makes the descriptor readable, until it is lowered.
  package func raise() { set(nanoseconds: 1) }

  /// Makes the descriptor unreadable again.
  package func lower() { set(nanoseconds: 0) }

  private func set(nanoseconds: Int) { Self.set(descriptor, nanoseconds: nanoseconds) }

  /// Raises the signal that owns `descriptor`; for signal handlers, which can keep no object.
  package static func raise(_ descriptor: CInt) { set(descriptor, nanoseconds: 1) }

  private static func set(_ descriptor: CInt, nanoseconds: Int) {
    var setting = itimerspec()
    setting.it_value.tv_nsec = nanoseconds
    _ = unsafe timerfd_settime(descriptor, 0, &setting, nil)
  }
}
