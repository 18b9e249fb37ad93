import BMSDialects
import CANFrames

/// Watches whether a battery still speaks the dialect that it was found to speak.
///
/// A firmware update or a setting can change the frames from one second to the next. Every ten
/// seconds what was heard is judged anew; another dialect has to be sure twice in a row.
struct DialectWatch: Sendable {
  private static let interval: Int64 = 10_000_000_000
  private static let sureProbability = 0.95

  /// Whether another dialect may be followed, or was fixed by the user.
  let mayFollow: Bool
  private var census = BusCensus()
  private var windowStart: Int64?
  private var suspect: String?
  private var told: String?

  init(mayFollow: Bool) { self.mayFollow = mayFollow }

  /// Takes note of frames.
  ///
  /// - Returns: The dialect that is spoken now, once, when it is surely another one.
  mutating func change(
    from dialect: Dialect, _ frames: [CANFrame], now: Int64
  ) -> DialectCandidate? {
    for frame in frames { census.add(frame) }
    let start = windowStart ?? now
    windowStart = start
    guard now - start >= Self.interval else { return nil }
    defer {
      census = BusCensus()
      windowStart = now
    }
    guard let best = BusVerdict(census).best, let name = best.dialect?.name,
      name != dialect.name, best.probability >= Self.sureProbability
    else {
      suspect = nil
      return nil
    }
    guard suspect == name, told != name else {
      suspect = name
      return nil
    }
    told = name
    return best
  }
}
