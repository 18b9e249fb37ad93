import CANFrames

/// Decides when each frame of a log is due, without a clock or a pause of its own.
///
/// What counts is the time between two frames in the log. Long pauses are kept. Where the log's
/// time goes back, or turns from relative to absolute, nothing is waited for.
package struct ReplayPacer: Hashable, Sendable {
  /// Between two frames of a log without times, in nanoseconds.
  ///
  /// A REC sends one frame each 151 ms; a log without times then takes about as long as it took on
  /// the bus.
  package static let untimedSpacing: Int64 = 150_000_000

  private let speed: ReplaySpeed
  private var lastTimestamp: Int64?
  /// The time in the log from its first frame to the last one that was scheduled.
  private var elapsed: Int64 = 0
  /// When the first frame was due, on the caller's clock.
  private var start: Int64?

  package init(speed: ReplaySpeed) { self.speed = speed }

  /// When a frame is due; call once for each frame, in the log's order.
  ///
  /// - Parameters:
  ///   - timestamp: The frame's time in the log, ``CANFrame/noTime`` if it has none.
  ///   - now: The time on a clock that is never set, in nanoseconds.
  /// - Returns: A time on the same clock; in the past for a reader that lags behind.
  package mutating func schedule(_ timestamp: Int64, now: Int64) -> Int64 {
    guard let start else {
      start = now
      lastTimestamp = timestamp
      return now
    }
    let (sum, hasOverflowed) = elapsed.addingReportingOverflow(pause(before: timestamp))
    elapsed = hasOverflowed ? .max : sum
    lastTimestamp = timestamp
    return switch speed {
    case .unlimited: now
    case .factor(let factor): start + Self.nanoseconds(Double(elapsed) / factor)
    }
  }

  /// Call when the log begins again: its first frame follows its last as if it had no time.
  package mutating func logBeganAgain() { lastTimestamp = nil }

  /// How long the log paused before a frame.
  private func pause(before timestamp: Int64) -> Int64 {
    guard let lastTimestamp, timestamp != CANFrame.noTime, lastTimestamp != CANFrame.noTime else {
      return Self.untimedSpacing
    }
    let scales = [timestamp, lastTimestamp].map { $0 >= CANFrame.firstAbsoluteTime }
    return scales[0] == scales[1] ? max(0, timestamp - lastTimestamp) : 0
  }

  /// A time as an integer, cut off after a century.
  private static func nanoseconds(_ time: Double) -> Int64 {
    Int64(min(time, 3.2e18).rounded())
  }
}
