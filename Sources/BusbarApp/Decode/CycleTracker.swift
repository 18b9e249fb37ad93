import CANFrames

/// Tells when a BMS has said everything once, so that one row can be written for each round.
///
/// A round is complete when every message that carries a column has come. Which messages those
/// are is known from a look ahead, and corrected as they come and go.
struct CycleTracker {
  /// A message that has not come while another came this often has stopped.
  private static let patience = 40

  private var expected: Set<CANIdentifier>
  private var missing: Set<CANIdentifier>
  private var counts: [CANIdentifier: Int] = [:]

  /// Creates a tracker that waits for `expected` in each round.
  init(expecting expected: some Sequence<CANIdentifier>) {
    self.expected = Set(expected)
    missing = self.expected
  }

  /// Takes note of a message that carries a column, and says whether it completes the round.
  mutating func isComplete(by identifier: CANIdentifier) -> Bool {
    expected.insert(identifier)
    missing.remove(identifier)
    counts[identifier, default: 0] += 1
    if counts[identifier, default: 0] > Self.patience {
      expected.subtract(missing)
      missing = []
    }
    guard missing.isEmpty else { return false }
    missing = expected
    counts.removeAll(keepingCapacity: true)
    return true
  }
}
