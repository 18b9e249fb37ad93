/// A battery's state at one moment, as it is handed to everything that publishes it.
public struct BatteryUpdate: Sendable {
  public var snapshot: BatterySnapshot
  /// The moment on the clock that ages are counted on, in nanoseconds.
  public var now: Int64
  /// The same moment for people, in nanoseconds since 1970.
  public var time: Int64

  public init(snapshot: BatterySnapshot, now: Int64, time: Int64) {
    self.snapshot = snapshot
    self.now = now
    self.time = time
  }
}
