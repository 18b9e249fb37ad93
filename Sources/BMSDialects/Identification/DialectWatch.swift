import BatteryModel
public import CANFrames

/// Watches whether a battery still speaks the dialect that it was found to speak.
///
/// A firmware update or a setting can change the frames from one second to the next. Every ten
/// seconds what was heard is looked at; where other identifiers, lengths or names were heard than
/// before it is judged anew, and another dialect has to be sure twice in a row; once is enough where
/// none was spoken.
public struct DialectWatch: Sendable {
  private static let interval: Int64 = 10_000_000_000
  private static let sureProbability = 0.95

  /// Whether another dialect may be followed, or was fixed by the user.
  public let mayFollow: Bool
  /// What is compared from one time to the next, since judging costs a thousand times as much.
  private struct Traits: Hashable {
    var shapes: [UInt64]
    var product: [BatteryQuantity: String]
  }

  /// The identifiers that told the last change.
  public private(set) var heard: [CANIdentifier] = []
  private var census = BusCensus()
  /// What was judged to be the same dialect: slow messages are in one window and not in the next.
  private var judged: Set<Traits> = []
  private static let mostJudged = 64
  private var windowStart: Int64?
  private var suspect: String?
  private var told: String?

  public init(mayFollow: Bool) { self.mayFollow = mayFollow }

  /// Takes note of frames.
  ///
  /// - Parameters:
  ///   - decoder: What decodes the frames so far; `nil` if nothing that was heard fitted a dialect.
  ///   - frames: What was heard.
  ///   - now: The time in nanoseconds, on a clock of the caller's choice; may step back.
  /// - Returns: The dialect that is spoken now, once, when it is surely another one.
  public mutating func change(
    from decoder: DialectDecoder?, _ frames: [CANFrame], now: Int64
  ) -> DialectCandidate? {
    for frame in frames { census.add(frame) }
    return isDue(now) ? change(from: decoder, now: now) : nil
  }

  /// Takes note of one frame, as ``change(from:_:now:)`` does of several.
  public mutating func change(
    from decoder: DialectDecoder?, _ frame: CANFrame, now: Int64
  ) -> DialectCandidate? {
    note(frame, now: now) ? change(from: decoder, now: now) : nil
  }

  /// Takes note of one frame.
  ///
  /// - Returns: Whether it is time to ask for ``change(from:now:)``.
  public mutating func note(_ frame: CANFrame, now: Int64) -> Bool {
    census.add(frame)
    return isDue(now)
  }

  private mutating func isDue(_ now: Int64) -> Bool {
    let start = windowStart ?? now
    windowStart = start
    return now - start >= Self.interval || now < start
  }

  /// Judges what was noted since the last time.
  ///
  /// - Parameters:
  ///   - decoder: What decodes the frames so far; `nil` if nothing that was heard fitted a dialect.
  ///   - now: The time in nanoseconds.
  /// - Returns: The dialect that is spoken now, once, when it is surely another one.
  public mutating func change(from decoder: DialectDecoder?, now: Int64) -> DialectCandidate? {
    defer {
      census = BusCensus()
      windowStart = now
    }
    let traits = Traits(
      shapes: census.entries.map {
        UInt64($0.identifier.number) << 17 | UInt64($0.identifier.format.rawValue) << 16
          | UInt64($0.lengths)
      }.sorted(), product: decoder?.product ?? [:])
    guard suspect != nil || !judged.contains(traits) else { return nil }
    guard let best = BusVerdict(census).best, let name = best.dialect?.name,
      name != decoder?.dialect.name, best.probability >= Self.sureProbability
    else {
      suspect = nil
      if judged.count < Self.mostJudged { judged.insert(traits) }
      return nil
    }
    guard decoder == nil || suspect == name, told != name else {
      suspect = name
      return nil
    }
    told = name
    judged = []
    heard = census.entries.map(\.identifier)
    return best
  }
}
