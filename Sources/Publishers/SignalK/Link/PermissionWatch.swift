import NIOConcurrencyHelpers
import NIOCore

/// Finds out whether a server keeps what we send, and goes on doing so: on the stream it never says.
///
/// A server that tells who we are is asked once in a while. With one that does not, a value is read
/// back, once.
struct PermissionWatch: Sendable {
  /// What was found and not yet taken note of.
  struct Findings: Sendable {
    private let box: NIOLockedValueBox<LoginStatus?>

    init(_ first: LoginStatus) { box = NIOLockedValueBox(first) }

    func put(_ status: LoginStatus) { box.withLockedValue { $0 = status } }

    func take() -> LoginStatus? {
      box.withLockedValue { status in
        defer { status = nil }
        return status
      }
    }
  }

  let findings: Findings
  private let rest: SignalKREST
  private let first: LoginStatus
  private let timing: SignalKTiming
  private let mailbox: UpdateMailbox
  private let sample = NIOLockedValueBox<(path: String, source: String)?>(nil)

  /// - Parameters:
  ///   - rest: Asks the server.
  ///   - first: What it said first; the first of the findings.
  ///   - timing: When to ask.
  ///   - mailbox: Interrupted when there is something new.
  init(rest: SignalKREST, first: LoginStatus, timing: SignalKTiming, mailbox: UpdateMailbox) {
    self.rest = rest
    self.first = first
    self.timing = timing
    self.mailbox = mailbox
    findings = Findings(first)
  }

  /// Call for what was sent; one path is enough to be read back.
  func sent(_ path: String, from source: String) {
    sample.withLockedValue { $0 = $0 ?? (path, source) }
  }

  /// Asks until the task is cancelled.
  func run() async {
    var known = first
    if known == .unknown {
      guard await pause(timing.readingBack), let status = await readBack() else { return }
      if status != .mayWrite { announce(status) }
      return
    }
    while await pause(timing.rechecking) {
      let status = await rest.loginStatus()
      // A server that is busy for once has not changed its mind.
      guard status != .unknown, status != known else { continue }
      known = status
      announce(status)
    }
  }

  private func announce(_ status: LoginStatus) {
    findings.put(status)
    mailbox.interrupt()
  }

  /// Whether the server has a value of ours; `nil` if that cannot be said.
  private func readBack() async -> LoginStatus? {
    while sample.withLockedValue(\.self) == nil {
      guard await pause(timing.readingBack) else { return nil }
    }
    guard let sample = sample.withLockedValue(\.self),
      let sources = await rest.sources(of: sample.path)
    else { return nil }
    return sources.contains(sample.source) ? .mayWrite : .notKept
  }

  private func pause(_ duration: Duration) async -> Bool {
    await rest.requester.connector.eventLoop.pause(duration)
  }
}
