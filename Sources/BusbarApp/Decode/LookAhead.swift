import BMSDialects
import CANFrames

/// Collects the first frames of a source until it is clear which dialect they speak.
///
/// A file shows enough at once. A live bus needs about one round of its BMS: the slowest of the
/// family says everything once in 2.7 s, a few name themselves only every 10 s.
struct LookAhead {
  /// Frames that are looked at before the first is decoded.
  private static let frameLimit = 2000
  /// How long a live bus is listened to, from its first frame on: a REC's round and a bit.
  private static let nanosecondLimit: Int64 = 3_200_000_000
  /// How much of a log counts for the verdict, from its first frame on.
  ///
  /// Later, the battery may speak another dialect; a few name themselves only every 10 s. If what
  /// was heard in it fits no dialect, the next frame begins it anew.
  private static let logLimit: Int64 = 30_000_000_000
  /// A verdict that is this sure needs no more frames.
  private static let sureProbability = 0.95
  /// A verdict that is less sure is none, if more can be heard.
  private static let likelyProbability = 0.5

  /// What was heard so far, without error frames: a bus with the wrong bit rate has no others.
  private(set) var frames: [CANFrame] = []
  private(set) var census = BusCensus()
  private var firstArrival: Int64?
  private var firstTime: Int64?
  private var judgedCount = 0
  /// Whether what was heard up to ``logLimit`` fits a dialect, and nothing more counts.
  private var isDecided = false

  /// Whether what was heard speaks for one dialect more than for all others together.
  var isLikely: Bool { (BusVerdict(census).best?.probability ?? 0) >= Self.likelyProbability }

  /// Takes over what a source delivered.
  ///
  /// - Parameters:
  ///   - new: The frames that came.
  ///   - now: The time on a clock that never steps, in nanoseconds.
  ///   - isVerdictEnough: Whether to stop as soon as the dialect is sure; otherwise the whole
  ///     time is used, to learn which messages there are.
  /// - Returns: Whether enough was seen.
  mutating func take(
    _ new: some Sequence<CANFrame>, now: Int64, isVerdictEnough: Bool
  ) -> Bool {
    for frame in new where frame.kind != .error {
      frames.append(frame)
      let start = firstTime ?? frame.sourceTime
      firstTime = start
      if let start, let time = frame.sourceTime, time - start > Self.logLimit {
        isDecided = isDecided || isLikely
        if !isDecided {
          census = BusCensus()
          (firstTime, judgedCount) = (time, 0)
        }
      }
      if !isDecided { census.add(frame) }
    }
    guard census.frameCount > 0 else { return false }
    let start = firstArrival ?? now
    firstArrival = start
    if frames.count >= Self.frameLimit || now - start >= Self.nanosecondLimit { return true }
    // Judging costs a millisecond; a doubling count of frames makes it rare.
    guard isVerdictEnough, census.frameCount >= max(8, 2 * judgedCount) else { return false }
    judgedCount = census.frameCount
    return (BusVerdict(census).best?.probability ?? 0) >= Self.sureProbability
  }
}
