/// Frames and bits in the last five seconds of the bus's own time.
struct TrafficMeter: Sendable {
  /// What was counted, for each second.
  struct Rate: Hashable, Sendable {
    var frames: Double
    var bits: Double
  }

  private static let slotTime: Int64 = 500_000_000
  private static let slotCount = 10

  private struct Slot {
    var number: Int64
    var frames = 0
    var bits = 0
  }

  private var slots: [Slot] = []
  private var start: Int64?

  /// Counts a frame.
  ///
  /// - Parameters:
  ///   - bits: What it took on the bus.
  ///   - time: When it was received, in nanoseconds; a time that goes back begins anew.
  mutating func count(bits: Int, at time: Int64) {
    let number = time / Self.slotTime
    if let last = slots.last, number < last.number - 1 {
      slots.removeAll(keepingCapacity: true)
      start = nil
    }
    start = start ?? time
    if slots.last.map({ $0.number < number }) ?? true {
      slots.append(Slot(number: number))
      if slots.count > Self.slotCount + 1 { slots.removeFirst() }
    }
    slots[slots.count - 1].frames += 1
    slots[slots.count - 1].bits += bits
  }

  /// The mean over the last five seconds, or over what there was of them; `nil` in the first one.
  func rate(at time: Int64) -> Rate? {
    guard let start, time - start >= 1_000_000_000 else { return nil }
    let now = time / Self.slotTime
    let recent = slots.filter { $0.number > now - Int64(Self.slotCount) }
    let first = max(start, (now - Int64(Self.slotCount) + 1) * Self.slotTime)
    let seconds = max(0.5, Double(time - first) / 1e9)
    return Rate(
      frames: Double(recent.reduce(0) { $0 + $1.frames }) / seconds,
      bits: Double(recent.reduce(0) { $0 + $1.bits }) / seconds)
  }
}
