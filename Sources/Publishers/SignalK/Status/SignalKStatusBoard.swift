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
    box.withLockedValue { status in
      if status.phase != phase { status.since = Self.now }
      status.phase = phase
      status.server = server ?? status.server
    }
  }

  func failed(_ error: SignalKError, missed: Int) {
    enter(.away(reason: "\(error)"))
    box.withLockedValue { status in
      status.lastError = "\(error)"
      status.lastErrorTime = Self.now
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
