/// Decides when an outage is worth a line in the log, without a clock of its own.
///
/// The beginning is told at once. While it lasts another reason is told, at most once a minute, and
/// the same reason once an hour, however often it is tried.
package struct OutageReport: Sendable {
  private static let minute: Int64 = 60_000_000_000
  private static let hour = 60 * minute

  private var last: (reason: String, toldAt: Int64)?

  /// Creates a report on which nothing has been told.
  package init() {}

  /// Call when a connection stands.
  package mutating func connected() { last = nil }

  /// Call for each failure.
  ///
  /// - Parameters:
  ///   - reason: What the line would say.
  ///   - now: The time on a clock that does not step, in nanoseconds.
  /// - Returns: Whether to tell of it.
  package mutating func failed(_ reason: String, at now: Int64) -> Bool {
    if let last {
      let interval = last.reason == reason ? Self.hour : Self.minute
      if now - last.toldAt < interval { return false }
    }
    last = (reason, now)
    return true
  }
}
