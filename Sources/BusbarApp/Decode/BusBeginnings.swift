import CANFrames

/// What the first frames of a source tell of each of its buses.
struct BusBeginnings {
  /// A bus that is hardly heard does not make the others wait.
  private static let frameLimit = 10_000

  /// For each bus, by its number; one that was not heard has no frames.
  private(set) var buses: [LookAhead] = []
  private var isBusEnough: [Bool] = []
  private var frameCount = 0
  private let isVerdictEnough: Bool

  /// - Parameter isVerdictEnough: Whether to stop as soon as the dialects are sure; otherwise the
  ///   whole time is used, to learn which messages there are.
  init(isVerdictEnough: Bool) { self.isVerdictEnough = isVerdictEnough }

  /// Takes note of frames; call with none too, so that time can pass.
  ///
  /// - Parameters:
  ///   - batch: What came, in order.
  ///   - now: The time on a clock that never steps, in nanoseconds.
  mutating func take(_ batch: FrameBatch, now: Int64) {
    let parts = batch.framesByBus
    while buses.count < parts.count {
      buses.append(LookAhead())
      isBusEnough.append(false)
    }
    for bus in buses.indices where !isBusEnough[bus] {
      isBusEnough[bus] = buses[bus].take(
        bus < parts.count ? parts[bus] : [], now: now, isVerdictEnough: isVerdictEnough)
    }
    frameCount += batch.frames.count { $0.kind != .error }
  }

  /// Whether nothing was heard yet.
  var isEmpty: Bool { frameCount == 0 }

  /// Whether enough was heard of every bus that was heard at all.
  var isEnough: Bool {
    frameCount > 0
      && (frameCount >= Self.frameLimit
        || buses.indices.allSatisfy { isBusEnough[$0] || buses[$0].frames.isEmpty })
  }

  /// Whether enough was heard of one bus.
  func isEnough(of bus: Int) -> Bool { bus < buses.count && isBusEnough[bus] }

  /// Whether a bus was heard that can be judged: its time is over, or a dialect fits already.
  func canBeJudged(_ bus: Int) -> Bool {
    guard bus < buses.count, !buses[bus].frames.isEmpty else { return false }
    return isBusEnough[bus] || buses[bus].isLikely
  }
}
