import BMSDialects
package import CANFrames

/// Everything that the monitor shows: what a source delivered, boiled down to a bounded state.
///
/// A value without a clock or a thread: every call brings the time, and a copy is a still picture.
package struct MonitorModel: Sendable {
  /// The bit rate that the load is a share of, in bit/s.
  package enum BitRate: Hashable, Sendable {
    /// The source's name says so, or the kernel.
    case known(Int)
    /// Nobody says so: what batteries of this dialect usually have.
    case assumed(Int)
    case unknown
  }

  /// What the source is called.
  package let name: String
  package private(set) var messages = MonitoredMessages()
  /// What is on each bus, by its number.
  private(set) var batteries: [MonitoredBattery]
  package private(set) var health = BusHealth()
  package private(set) var buses = BusNames()
  /// When the source came to its end, on the clock that ages are counted on; `nil` before.
  package private(set) var ended: Int64?
  private var clock = BusClock()
  private let givenBitRate: Int?
  private let choice: DialectChoice
  private var understood: [UInt8] = []

  /// - Parameters:
  ///   - choice: The dialect, or that it is to be found out.
  ///   - name: What the source is called.
  ///   - bitRate: In bit/s, if it is known.
  package init(_ choice: DialectChoice, name: String, bitRate: Int? = nil) {
    batteries = [MonitoredBattery(choice)]
    self.choice = choice
    self.name = name
    givenBitRate = bitRate
  }

  /// Takes what a source delivered.
  ///
  /// - Parameters:
  ///   - batch: Frames and events; may be empty.
  ///   - buses: The names of the buses they came from.
  ///   - now: The time on the clock that ages are counted on, in nanoseconds.
  package mutating func take(_ batch: FrameBatch, buses: BusNames, now: Int64) {
    if buses != self.buses { self.buses = buses }
    for frame in batch.frames {
      let time = clock.take(frame, now: now)
      if let report = CANErrorReport(frame) {
        health.take(report, time: frame.sourceTime)
      } else {
        health.count(bits: messages.take(frame, now: now), at: time)
      }
    }
    for placed in batch.events { health.take(placed.event, bus: buses[placed.event.bus]) }
    if batteries.count == 1, buses.names.count <= 1 {
      note(batteries[0].take(batch, now: now), of: 0, now: now)
      return
    }
    let parts = batch.framesByBus
    while batteries.count < parts.count { batteries.append(MonitoredBattery(choice)) }
    for index in batteries.indices {
      var part = FrameBatch()
      if index < parts.count { for frame in parts[index] { part.append(frame) } }
      note(batteries[index].take(part, now: now), of: UInt8(index), now: now)
    }
  }

  /// Call when the source has ended.
  package mutating func finish(now: Int64) {
    ended = now
    for index in batteries.indices {
      note(batteries[index].finish(now: now), of: UInt8(index), now: now)
    }
  }

  private mutating func note(_ texts: [String], of bus: UInt8, now: Int64) {
    if batteries[Int(bus)].isUnderstood, !understood.contains(bus) { understood.append(bus) }
    let name = hasSeveralBuses ? buses[bus].map { "\($0): " } ?? "" : ""
    for text in texts { health.note(clock.time(at: now), name + text) }
  }
}

extension MonitorModel {
  /// Whether more than one bus was heard.
  var hasSeveralBuses: Bool { batteries.count(where: \.isHeard) > 1 }

  /// What a bus speaks, as far as that is known.
  func dialect(of bus: UInt8) -> Dialect? {
    Int(bus) < batteries.count ? batteries[Int(bus)].dialect.dialect : nil
  }

  /// The buses whose battery is understood, in the order in which they came to be; the first that
  /// was heard if there is none.
  var batteryBuses: [UInt8] {
    understood.isEmpty ? [UInt8(batteries.firstIndex(where: \.isHeard) ?? 0)] : understood
  }
}

extension MonitorModel {
  /// The time on the bus, on the scale of the frames; `nil` before the first one.
  package func time(at now: Int64) -> Int64? { clock.time(at: now) }

  /// How long nothing was heard, in nanoseconds; `nil` before the first frame.
  package func silence(at now: Int64) -> Int64? { clock.silence(at: now) }

  /// What the load is a share of.
  package var bitRate: BitRate {
    if let givenBitRate { return .known(givenBitRate) }
    let dialect = batteries.lazy.compactMap(\.dialect.dialect).first
    return dialect?.bitRates.first.map { .assumed($0) } ?? .unknown
  }

  /// Frames and bits for each second, over the last five; `nil` in the first one.
  func rate(at now: Int64) -> TrafficMeter.Rate? {
    clock.time(at: now).flatMap { health.rate(at: $0) }
  }
}
