import CANFrames

/// The time on the bus: what frames are stamped with, going on while it is silent.
struct BusClock: Sendable {
  /// Times beyond 127 years from their zero are cut off, so that differences always fit.
  private static let range: ClosedRange<Int64> =
    -4_000_000_000_000_000_000...4_000_000_000_000_000_000

  private var last: (time: Int64, heard: Int64)?

  /// Takes note of a frame; one without a time is stamped with its arrival.
  ///
  /// - Returns: The time of the frame.
  mutating func take(_ frame: CANFrame, now: Int64) -> Int64 {
    let time = min(Self.range.upperBound, max(Self.range.lowerBound, frame.sourceTime ?? now))
    last = (time, now)
    return time
  }

  /// The time now, in nanoseconds on the scale of the frames; `nil` before the first one.
  func time(at now: Int64) -> Int64? { last.map { $0.time + max(0, now - $0.heard) } }

  /// How long nothing was heard, in nanoseconds; `nil` before the first frame.
  func silence(at now: Int64) -> Int64? { last.map { now - $0.heard } }
}
