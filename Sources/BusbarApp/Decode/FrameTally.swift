import CANFrames

/// What a session has counted, for its last line.
package struct FrameTally: Sendable {
  package var frames = 0
  package var lost = 0
  /// Error frames by what they say; bounded, since a broken bus invents many.
  private var errors: [String: Int] = [:]
  private static let kindLimit = 64

  /// Counts an error frame, and says whether it is the first of its kind.
  mutating func addError(_ report: CANErrorReport) -> Bool {
    let words = "\(report)"
    guard errors[words] != nil || errors.count < Self.kindLimit else {
      errors["other errors", default: 0] += 1
      return false
    }
    errors[words, default: 0] += 1
    return errors[words] == 1
  }

  /// One line, such as `1234 frames, 0 lost`, with the error frames if there were any.
  package var summary: String {
    let count = errors.values.reduce(0, +)
    return "\(frames) frame\(frames == 1 ? "" : "s"), \(lost) lost"
      + (count == 0 ? "" : "; \(count) error frame\(count == 1 ? "" : "s")")
  }
}
