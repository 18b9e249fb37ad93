import Glibc
import Synchronization

/// Turns SIGINT and SIGTERM into something that a waiting read notices: a readable descriptor.
package struct StopSignal: Sendable {
  /// Becomes readable once a signal has come, and stays so.
  package let descriptor: CInt

  private static let shared = Atomic<CInt>(-1)
  private static let received = Atomic<CInt>(0)

  /// The signal that came, or `nil`.
  package static var signal: CInt? {
    let number = received.load(ordering: .acquiring)
    return number == 0 ? nil : number
  }

  /// A stop that no signal raises, only ``raise()``.
  package init() {
    descriptor = eventfd(0, CInt(EFD_CLOEXEC.rawValue) | CInt(EFD_NONBLOCK.rawValue))
  }

  /// Makes the descriptor readable.
  package func raise() { eventfd_write(descriptor, 1) }

  /// Begins to listen.
  ///
  /// Call once, before anything that waits.
  /// The second signal of a kind ends the program at once, as people expect of a second Ctrl-C.
  package static func install() -> StopSignal {
    let stop = StopSignal()
    shared.store(stop.descriptor, ordering: .releasing)
    for number in [SIGINT, SIGTERM] {
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { number in
        StopSignal.received.store(number, ordering: .releasing)
        eventfd_write(StopSignal.shared.load(ordering: .acquiring), 1)
        unsafe Glibc.signal(number, SIG_DFL)
      }
      unsafe sigaction(number, &action, nil)
    }
    return stop
  }

  /// Lets a write to a closed pipe fail instead of ending the program.
  package static func ignoreBrokenPipes() {
    unsafe Glibc.signal(SIGPIPE, SIG_IGN)
  }
}
