/// What is known about one battery, each value with its time and its age.
///
/// A value goes absent by itself once nothing has confirmed it for ``timeout(of:)``: old is never
/// shown as new. Two clocks are kept apart: `time` is when the BMS said it, for people and for
/// publishing; `heard` is a clock that never steps (monotonic live, the log's own in a replay),
/// and ages are counted on it alone. Both are in nanoseconds.
public struct BatterySnapshot: Sendable {
  /// One value and when it was last confirmed.
  public struct Reading: Hashable, Sendable {
    public var value: QuantityValue
    /// When the BMS said so, in nanoseconds since 1970; `nil` where the source has no time.
    public var time: Int64?
    /// The same moment on the clock that ages are counted on.
    public var heard: Int64
    /// Since when the value has been this one, on the scale of `time`.
    public var since: Int64?
    /// The usual distance between two confirmations, in nanoseconds; 0 until there were two.
    var interval: Int64 = 0
  }

  /// No value lives shorter than this without confirmation: 5 s.
  public static let shortestTimeout: Int64 = 5_000_000_000

  /// Whether the battery is being heard; `nil` where nobody watches that.
  public var contact: BatteryContact?
  /// The values of single cells; empty for most batteries.
  public internal(set) var cells = CellReadings()
  private var readings: [BatteryQuantity: Reading] = [:]
  private var alarms = AlarmReports()

  public init() {}

  /// Takes over one value that a frame carried.
  ///
  /// - Parameters:
  ///   - quantity: What the value is of.
  ///   - value: What the frame says; `nil` if it holds a not-available code, which makes the
  ///     quantity absent at once.
  ///   - origin: Which message said it. Where two messages tell of one alarm, a raised one counts.
  ///   - time: When it was said, in nanoseconds since 1970; `nil` if unknown.
  ///   - heard: The same moment on the clock that ages are counted on.
  public mutating func record(
    _ quantity: BatteryQuantity, _ value: QuantityValue?, from origin: UInt32 = 0, time: Int64?,
    heard: Int64
  ) {
    var value = value
    if case .alarm(let state) = value {
      value = .alarm(alarms.merge(state, of: quantity, from: origin, heard: heard))
    }
    guard let value else {
      readings[quantity] = nil
      return
    }
    readings[quantity] = Reading(
      replacing: readings[quantity], value: value, time: time, heard: heard)
  }

  /// The reading of `quantity`, or `nil` if it is unknown or older than its timeout at `now`.
  ///
  /// Derived quantities (power, cell voltage spread, actual capacity) are as old as the oldest
  /// value they come from.
  public func reading(of quantity: BatteryQuantity, at now: Int64) -> Reading? {
    if let reading = readings[quantity] {
      return now - reading.heard <= reading.timeout ? reading : nil
    }
    return derivedReading(of: quantity, at: now)
  }

  /// Every quantity that is known at `now`, in the catalogue's order.
  public func currentReadings(at now: Int64) -> [(quantity: BatteryQuantity, reading: Reading)] {
    BatteryQuantity.allCases.compactMap { quantity in
      reading(of: quantity, at: now).map { (quantity, $0) }
    }
  }

  /// The alarms and warnings that are active at `now`; each reading's `since` says since when.
  public func activeAlarms(at now: Int64) -> [(quantity: BatteryQuantity, reading: Reading)] {
    BatteryQuantity.alarms.compactMap { quantity in
      guard let reading = reading(of: quantity, at: now), reading.value == .alarm(.active) else {
        return nil
      }
      return (quantity, reading)
    }
  }
}

extension BatterySnapshot.Reading {
  /// The next reading of a quantity, with what the last one knows of its period and its beginning.
  init(replacing last: Self?, value: QuantityValue, time: Int64?, heard: Int64) {
    self.init(value: value, time: time, heard: heard, since: time)
    guard let last else { return }
    if last.value == value { since = last.since }
    interval = last.interval
    let elapsed = heard - last.heard
    // A silence is not a period: it must not make the next value live longer.
    if elapsed > 0, elapsed <= last.timeout {
      interval = last.interval == 0 ? elapsed : (3 * last.interval + elapsed) / 4
    }
  }

  /// How long a reading stays valid without confirmation: three of its periods, at least 5 s.
  var timeout: Int64 { max(BatterySnapshot.shortestTimeout, 3 * interval) }
}
