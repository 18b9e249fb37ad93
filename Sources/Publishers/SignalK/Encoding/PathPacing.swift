/// Decides when the value of one path is sent, without a clock of its own.
///
/// A change is sent at most once a second, an unchanged value every 15 s, since displays take a
/// silent path for dead. A value that goes absent is followed by one `null`; a `null` is never
/// the first thing a server hears of a path, because databases take a path's type from that.
struct PathPacing: Sendable {
  /// At most one value in this time, in nanoseconds.
  static let shortestInterval: Int64 = 1_000_000_000
  /// The least that displays need is one value in 20 s.
  static let repeatInterval: Int64 = 15_000_000_000

  /// Whether a value, and no `null` after it, has reached the server's present process.
  private var hasValueOnServer = false
  /// What was sent last on this connection.
  private var last: (value: SignalKValue, at: Int64)?

  /// Call for each new connection: everything has to be said again.
  ///
  /// - Parameter isSameServer: Whether it is the process that heard the earlier values, so that
  ///   one of them may still be on display.
  mutating func connected(isSameServer: Bool) {
    last = nil
    if !isSameServer { hasValueOnServer = false }
  }

  /// Decides whether something has to be sent now, and notes that it was.
  ///
  /// - Parameters:
  ///   - value: What is known at `now`; `nil` if the quantity is absent.
  ///   - now: On a clock that does not step, in nanoseconds.
  ///   - isUrgent: Whether a change must not wait.
  /// - Returns: What to send, or `nil` for nothing.
  mutating func due(_ value: SignalKValue?, at now: Int64, isUrgent: Bool) -> SignalKValue? {
    guard let next = value ?? (hasValueOnServer ? .null : nil) else { return nil }
    if let last {
      let interval =
        switch (next == last.value, isUrgent) {
        case (true, _): Self.repeatInterval
        case (false, false): Self.shortestInterval
        case (false, true): Int64(0)
        }
      // Less than no time has passed if the clock is another one; then nothing is known of it.
      guard !(0..<interval).contains(now - last.at) else { return nil }
    }
    hasValueOnServer = next != .null
    last = (next, now)
    return next
  }
}
