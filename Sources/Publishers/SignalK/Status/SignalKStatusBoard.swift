import Foundation
import NIOConcurrencyHelpers

/// Where a publisher writes how it is doing, for whoever wants to know.
package final class SignalKStatusBoard: Sendable {
  private let box: NIOLockedValueBox<SignalKStatus>

  /// Creates a board on which nothing has happened yet.
  package init() { box = NIOLockedValueBox(SignalKStatus(since: Self.now)) }

  /// How it is doing now.
  package var status: SignalKStatus { box.withLockedValue(\.self) }

  func enter(_ phase: SignalKStatus.Phase, server: String? = nil) {
    box.withLockedValue { $0.enter(phase, at: Self.now, server: server) }
  }

  /// A connection stands.
  ///
  /// - Returns: How long nothing was published before it, in nanoseconds; `nil` for the first.
  func connected(to server: String) -> Int64? {
    box.withLockedValue { status in
      let now = Self.now
      let outage = status.awaySince.map { now - $0 }
      status.enter(.connected(warning: nil), at: now, server: server)
      status.connections += 1
      status.connectedSince = now
      status.awaySince = nil
      status.mayWrite = nil
      return outage
    }
  }

  /// It became known whether the server keeps what we send.
  func learned(mayWrite: Bool?, warning: String?) {
    box.withLockedValue { status in
      status.enter(.connected(warning: warning), at: Self.now)
      status.mayWrite = mayWrite
      status.advice = warning
    }
  }

  /// The server wants something of its administrator first.
  func waits(for wait: AccessWait, advice: String, server: String) {
    box.withLockedValue { status in
      status.enter(.waiting(wait), at: Self.now, server: server)
      status.interrupted(at: Self.now, reason: advice)
      status.mayWrite = false
      status.advice = advice
    }
  }

  func failed(_ error: SignalKError, missed: Int) {
    box.withLockedValue { status in
      let now = Self.now
      status.enter(.away(reason: "\(error)"), at: now)
      status.interrupted(at: now, reason: "\(error)")
      status.missedUpdates = missed
    }
  }

  func change(_ body: (inout SignalKStatus) -> Void) { box.withLockedValue(body) }

  func sent(_ count: Int) {
    guard count > 0 else { return }
    box.withLockedValue { status in
      status.deltas += count
      status.lastDelta = Self.now
    }
  }

  /// Nanoseconds since 1970.
  private static var now: Int64 { Int64(Date.now.timeIntervalSince1970 * 1e9) }
}

extension SignalKStatus {
  fileprivate mutating func enter(_ phase: Phase, at now: Int64, server: String? = nil) {
    if self.phase != phase { since = now }
    self.phase = phase
    self.server = server ?? self.server
    advice = nil
    if case .listening = phase { awaySince = nil }
  }

  fileprivate mutating func interrupted(at now: Int64, reason: String) {
    awaySince = awaySince ?? now
    connectedSince = nil
    lastError = reason
    lastErrorTime = now
  }
}
