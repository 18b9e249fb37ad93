package import CANInterfaces
import Glibc
import Synchronization

/// Turns SIGINT and SIGTERM into something that a waiting read notices: a readable descriptor.
package enum StopSignal {
  private static let wake = Mutex<WakeSignal?>(nil)
  private static let descriptorToRaise = Atomic<CInt>(-1)

  /// Begins to listen.
  ///
  /// Call once, before anything that waits. The second signal of a kind ends the program at once,
  /// as people expect of a second Ctrl-C.
  ///
  /// - Returns: The descriptor that becomes readable when a signal comes.
  package static func install() throws(CallFailure) -> CInt {
    let signal = try WakeSignal()
    let descriptor = signal.descriptor
    wake.withLock { $0 = signal }
    descriptorToRaise.store(descriptor, ordering: .releasing)
    for number in [SIGINT, SIGTERM] {
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { number in
        WakeSignal.raise(StopSignal.descriptorToRaise.load(ordering: .acquiring))
        _ = Glibc.signal(number, SIG_DFL)
      }
      unsafe sigaction(number, &action, nil)
    }
    return descriptor
  }

  /// Sets signals as the program needs them, whoever started it; call first of all.
  ///
  /// A write to a closed pipe fails instead of ending the program. SIGINT, SIGTERM and SIGHUP come
  /// through: some programs start others with them blocked, which could then only be killed.
  package static func prepare() {
    _ = Glibc.signal(SIGPIPE, SIG_IGN)
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, number) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}
