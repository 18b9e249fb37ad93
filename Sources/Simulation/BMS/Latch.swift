/// A condition that trips when it has held for some time, and clears at another threshold.
struct Latch: Hashable, Sendable {
  private(set) var isActive = false
  /// How long it has been held, or been active, in s.
  private var heldSeconds = 0.0

  /// Lets time pass.
  ///
  /// - Parameters:
  ///   - isTripped: Whether the condition holds.
  ///   - isClear: Whether the condition for its end holds.
  ///   - delay: For how long it must have held before it trips, in s.
  ///   - seconds: How much time has passed.
  mutating func update(
    _ isTripped: Bool, isClear: Bool, after delay: Double = 0, seconds: Double = 1
  ) {
    if isActive {
      if isClear { self = Latch() }
    } else if isTripped {
      heldSeconds += seconds
      isActive = heldSeconds > delay
    } else {
      heldSeconds = 0
    }
  }
}
