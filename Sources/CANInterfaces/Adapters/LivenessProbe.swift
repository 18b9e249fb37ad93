/// Decides when to ask the other side whether it is still there, and when it is not.
///
/// Not every adapter answers the question. One that has answered and no longer does is gone.
struct LivenessProbe: Hashable, Sendable {
  /// Between two questions, in nanoseconds.
  private static let interval: Int64 = 5_000_000_000
  private static let longestSilence = 3

  private(set) var nextTime: Int64
  private(set) var hasBeenAnswered = false
  private var unanswered = 0

  init(now: Int64) { nextTime = now + Self.interval }

  enum Action: Hashable, Sendable {
    case ask
    case giveUp
  }

  /// Call often; returns what to do now, if anything.
  mutating func due(at now: Int64) -> Action? {
    guard now >= nextTime else { return nil }
    nextTime = now + Self.interval
    if hasBeenAnswered, unanswered >= Self.longestSilence { return .giveUp }
    unanswered += 1
    return .ask
  }

  /// Call when the answer came.
  mutating func answered() {
    hasBeenAnswered = true
    unanswered = 0
  }

  /// Call when something else came, which shows that the other side is there.
  mutating func heard() { unanswered = 0 }

  /// Call when the other side does not know the question.
  mutating func stop() { nextTime = .max }
}
