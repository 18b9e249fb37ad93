/// How a publisher is doing, at one moment.
package struct SignalKStatus: Hashable, Sendable {
  /// What it is busy with.
  package enum Phase: Hashable, Sendable {
    /// It looks for the server or tries to connect.
    case connecting
    /// The server wants something of its administrator first.
    case waiting(AccessWait)
    /// It publishes. The warning says why the server stores nothing of it, if that is so.
    case connected(warning: String?)
    /// It waits for servers to connect to it, so many are connected.
    case listening(clients: Int)
    /// The last attempt failed; another follows.
    case away(reason: String)
    /// It has ended.
    case ended
  }

  /// What it is busy with.
  package internal(set) var phase: Phase = .connecting
  /// Since when it is, in nanoseconds since 1970.
  package internal(set) var since: Int64
  /// The server's address, once it is known.
  package internal(set) var server: String?
  /// What the server wants of its administrator, in words; `nil` while it wants nothing.
  package internal(set) var advice: String?
  /// Since when the present connection stands, in nanoseconds since 1970; `nil` without one.
  package internal(set) var connectedSince: Int64?
  /// Since when nothing is published, in nanoseconds since 1970; `nil` while it is.
  package internal(set) var awaySince: Int64?
  /// Whether the server keeps what we send; `nil` while that is not known.
  package internal(set) var mayWrite: Bool?
  /// Deltas that were handed to the network.
  package internal(set) var deltas = 0
  /// Updates that were replaced by newer ones before they could be sent, since the last connection.
  package internal(set) var missedUpdates = 0
  /// How many connections came about.
  package internal(set) var connections = 0
  /// Clients that were let go since they read too slowly.
  package internal(set) var slowClients = 0
  /// When the last delta was handed over, in nanoseconds since 1970.
  package internal(set) var lastDelta: Int64?
  /// What failed last, and when, in nanoseconds since 1970; kept when it works again.
  package internal(set) var lastError: String?
  package internal(set) var lastErrorTime: Int64?
}
