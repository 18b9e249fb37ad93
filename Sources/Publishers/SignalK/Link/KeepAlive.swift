/// Decides when to ping a server and when to give it up, without a clock of its own.
///
/// Nothing acknowledges a delta, so that a server whose plug was pulled looks exactly like one
/// that has nothing to say. Only the answer to a ping tells them apart.
package struct KeepAlive: Sendable {
  /// What the caller should do now.
  package enum Action: Hashable, Sendable {
    /// Ask for a sign of life.
    case ping
    /// The server has been silent for too long.
    case giveUp
  }

  private let pingInterval: Int64
  private let silenceLimit: Int64
  private var lastHeard: Int64
  private var lastPing: Int64

  /// Creates the state of a connection that has just come about; all times are in nanoseconds.
  package init(pingInterval: Int64, silenceLimit: Int64, now: Int64) {
    self.pingInterval = pingInterval
    self.silenceLimit = silenceLimit
    self.lastHeard = now
    self.lastPing = now
  }

  /// Call for everything that the server sends.
  package mutating func heard(at now: Int64) { lastHeard = now }

  /// Call now and then.
  package mutating func timePassed(to now: Int64) -> Action? {
    if now - lastHeard >= silenceLimit { return .giveUp }
    guard now - lastPing >= pingInterval else { return nil }
    lastPing = now
    return .ping
  }
}
