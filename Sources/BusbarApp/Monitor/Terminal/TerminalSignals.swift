package import CANInterfaces
import Glibc
import Synchronization

/// The signals that concern a terminal, made into something that a waiting loop notices.
package enum TerminalSignals {
  /// What happened since the last look.
  package struct Happened: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// SIGINT, SIGTERM, SIGQUIT, or SIGHUP of a terminal that was closed.
    package static let quit = Self(rawValue: 1)
    package static let resized = Self(rawValue: 2)
    /// Ctrl-Z.
    package static let suspend = Self(rawValue: 4)
    /// `fg`, or any other SIGCONT.
    package static let resumed = Self(rawValue: 8)
  }

  private static let wake = Mutex<WakeSignal?>(nil)
  private static let descriptorToRaise = Atomic<CInt>(-1)
  private static let pending = Atomic<UInt32>(0)

  /// Begins to listen; call once.
  ///
  /// - Parameter isDrawing: Whether there is a picture that has to be put away on Ctrl-Z.
  /// - Returns: The signal that is raised when something happens.
  /// - Throws: If the kernel has no descriptors left.
  package static func install(isDrawing: Bool) throws(CallFailure) -> WakeSignal {
    let signal = try WakeSignal()
    wake.withLock { $0 = signal }
    descriptorToRaise.store(signal.descriptor, ordering: .releasing)
    for number in [SIGINT, SIGTERM, SIGQUIT, SIGHUP] { handle(number) }
    if isDrawing {
      for number in [SIGWINCH, SIGTSTP, SIGCONT] { handle(number) }
    }
    return signal
  }

  /// What happened since the last call.
  package static func take() -> Happened {
    Happened(rawValue: pending.exchange(0, ordering: .acquiringAndReleasing))
  }

  /// Whether the program was told to end, without taking note of it.
  static var isQuitPending: Bool {
    pending.load(ordering: .acquiring) & Happened.quit.rawValue != 0
  }

  /// Stops the process as Ctrl-Z does by itself; returns when it goes on.
  static func stopProcess() {
    _ = Glibc.signal(SIGTSTP, SIG_DFL)
    _ = raise(SIGTSTP)
    handle(SIGTSTP)
  }

  private static func handle(_ number: CInt) {
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { number in
      // Only what is safe in a handler: an atomic and a system call.
      let old = errno
      TerminalSignals.note(number)
      errno = old
    }
    unsafe sigaction(number, &action, nil)
  }

  private static func note(_ number: CInt) {
    let happened: Happened =
      switch number {
      case SIGWINCH: .resized
      case SIGTSTP: .suspend
      case SIGCONT: .resumed
      default: .quit
      }
    pending.bitwiseOr(happened.rawValue, ordering: .acquiringAndReleasing)
    WakeSignal.raise(descriptorToRaise.load(ordering: .acquiring))
  }
}
