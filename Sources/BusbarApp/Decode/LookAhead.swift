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
  /// Later, the battery may speak another dialect; a few name themselves only every 10 s.
  private static let logLimit: Int64 = 30_000_000_000
  /// A verdict that is this sure needs no more frames.
  private static let sureProbability = 0.95

  /// What was heard so far, without error frames: a bus with the wrong bit rate has no others.
  private(set) var frames: [CANFrame] = []
  private(set) var census = BusCensus()
  private var firstArrival: Int64?
  private var firstTime: Int64?
  private var judgedCount = 0

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
      if let start, let time = frame.sourceTime, time - start > Self.logLimit { continue }
      census.add(frame)
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
