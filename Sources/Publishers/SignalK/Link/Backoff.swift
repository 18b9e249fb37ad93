/// How long to wait before the next attempt to connect, without a clock of its own.
///
/// The waits double from one second to a minute. Each is shortened by up to a half at random, so
/// that many clients of a server that restarted do not come back in the same moment.
package struct Backoff: Hashable, Sendable {
  /// The longest first wait.
  package let first: Duration
  /// No wait is longer than this.
  package let longest: Duration
  /// A connection that stood for this long was a good one: what comes after it starts anew.
  package let lasting: Duration
  private var next: Duration

  /// Creates a backoff whose first wait is at most `first`.
  package init(
    first: Duration = .seconds(1), longest: Duration = .seconds(60),
    lasting: Duration = .seconds(30)
  ) {
    self.first = first
    self.longest = longest
    self.lasting = lasting
    self.next = first
  }

  /// The wait before the next attempt, between a half and all of the present step.
  package mutating func delay(using random: inout some RandomNumberGenerator) -> Duration {
    let step = min(next, longest)
    next = min(step * 2, longest)
    let chance = Double(random.next() as UInt32) / Double(UInt32.max)
    return step * (0.5 + chance / 2)
  }

  /// Call when a connection ended.
  ///
  /// - Parameter time: For how long it had stood.
  package mutating func connectionEnded(after time: Duration) {
    if time >= lasting { next = first }
  }
}
