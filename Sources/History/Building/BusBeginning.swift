import BMSDialects
import CANFrames

/// The first frames of a bus, until there are enough to tell its dialect.
struct BusBeginning: Sendable {
  private static let mostFrames = 2000
  /// A few batteries name themselves only every ten seconds.
  private static let longest: Int64 = 30_000_000_000

  private(set) var frames: [CANFrame] = []
  private(set) var census = BusCensus()

  /// Takes a frame, and says whether there are enough now.
  mutating func take(_ frame: CANFrame) -> Bool {
    frames.append(frame)
    census.add(frame)
    guard let first = frames.first else { return false }
    return frames.count >= Self.mostFrames
      || (frame.timestamp - first.timestamp).magnitude >= UInt64(Self.longest)
  }
}
