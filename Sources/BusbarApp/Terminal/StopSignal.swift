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

  /// Lets a write to a closed pipe fail instead of ending the program.
  package static func ignoreBrokenPipes() {
    _ = Glibc.signal(SIGPIPE, SIG_IGN)
  }
}
