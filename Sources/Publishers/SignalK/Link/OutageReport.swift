/// Decides when an outage is worth a line in the log, without a clock of its own.
///
/// The beginning is told at once, and after that one line a minute, however often it is tried.
package struct OutageReport: Sendable {
  private static let interval: Int64 = 60_000_000_000

  private var lastTold: Int64?

  /// Creates a report on which nothing has been told.
  package init() {}

  /// Call when a connection stands.
  package mutating func connected() { lastTold = nil }

  /// Call for each failure, with the time on a clock that does not step, in nanoseconds.
  ///
  /// - Returns: Whether to tell of it.
  package mutating func failed(at now: Int64) -> Bool {
    if let lastTold, now - lastTold < Self.interval { return false }
    lastTold = now
    return true
  }
}
