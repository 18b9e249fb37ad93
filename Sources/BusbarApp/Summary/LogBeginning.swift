import CANFrames

/// The first frames of each of a log's buses.
struct LogBeginning {
  /// A bus that is hardly heard does not make the others' frames pile up.
  private static let frameLimit = 10_000

  private(set) var buses = [LookAhead()]
  private var isBusEnough = [false]
  private var frameCount = 0

  var isEnough: Bool { frameCount >= Self.frameLimit || isBusEnough.allSatisfy(\.self) }

  mutating func take(_ batch: FrameBatch) {
    frameCount += batch.frames.count
    for (bus, part) in batch.byBus.enumerated() {
      if bus == buses.count {
        buses.append(LookAhead())
        isBusEnough.append(false)
      }
      let isEnough = buses[bus].take(part, now: 0, isVerdictEnough: false)
      isBusEnough[bus] = isBusEnough[bus] || isEnough
    }
  }
}
