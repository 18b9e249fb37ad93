package import BMSDialects
package import BatteryModel
package import CANFrames
import DBC

/// Turns frames into the state of one battery, and decides when that state is worth telling.
///
/// Has no clock and no thread: every call brings the time.
package struct BatteryMonitor: Sendable {
  /// How often the state is told while nothing special happens, in nanoseconds.
  private static let interval: Int64 = 500_000_000

  /// What was decided, for the log.
  package enum Decision: Sendable {
    case dialect(DialectCandidate)
    case noDialect
    /// The frames have begun to speak another dialect than the one they are decoded with.
    case changed(from: String, to: DialectCandidate)
    /// A value is kept from being published.
    case doubt(PlausibilityGuard.Doubt)
    /// The battery is heard for the first time.
    case found
    /// The battery is not heard any more, or for another reason than was told.
    case lost(BatteryOutage)
    /// The battery is heard again, after so many nanoseconds.
    case foundAgain(after: Int64, BatteryOutage)
  }

  package private(set) var snapshot = BatterySnapshot()
  /// The bus of the source that the battery is on; `nil` until it was heard.
  ///
  /// A battery on another bus is not this one.
  package var bus: UInt8? { batteryBus.number }
  /// The same, once it said enough to stay there.
  package var ownBus: UInt8? { batteryBus.isSure ? batteryBus.number : nil }
  private var batteryBus = BatteryBus()
  private var decoder: DialectDecoder?
  private var beginnings: BusBeginnings?
  private var fields: [DecodedField] = []
  private var lastUpdate: Int64?
  private var toldAlarms: [BatteryQuantity] = []
  private var judge = PlausibilityGuard()
  private var watch: DialectWatch
  private var contact = ContactWatch()
  private var decisions: [Decision] = []

  /// - Parameters:
  ///   - choice: The dialect, or that it is to be found out from the frames.
  ///   - pinned: The dialect that was found out in an earlier run: decoded with at once, and left
  ///     again if the battery speaks another one.
  package init(_ choice: DialectChoice, pinned: Dialect? = nil) {
    switch choice {
    case .fixed(let dialect):
      decoder = DialectDecoder(dialect)
      watch = DialectWatch(mayFollow: false)
    case .automatic:
      watch = DialectWatch(mayFollow: true)
      if let pinned {
        decoder = DialectDecoder(pinned)
      } else {
        beginnings = BusBeginnings(isVerdictEnough: true)
        contact.isIdentifying = true
      }
    }
  }

  /// The dialect that frames are decoded with; `nil` until it is found.
  package var dialect: Dialect? { decoder?.dialect }

  /// Takes what a source delivered.
  ///
  /// - Parameters:
  ///   - batch: Frames and events; may be empty.
  ///   - now: The time on the clock that ages are counted on, in nanoseconds.
  /// - Returns: What was decided: on the dialect, and on values that are not believed.
  package mutating func take(_ batch: FrameBatch, now: Int64) -> [Decision] {
    decisions.removeAll(keepingCapacity: true)
    let frames = own(batch.frames)
    contact.take(frames, batch.events, now: now)
    if beginnings == nil {
      for frame in frames { read(frame, now: now) }
      if let decoder, let candidate = watch.change(from: decoder, frames, now: now) {
        decisions.append(.changed(from: decoder.dialect.name, to: candidate))
        if watch.mayFollow { follow(candidate) }
      }
    } else {
      beginnings?.take(batch, now: now)
      if beginnings?.isEnough == true { decide(now: now) }
    }
    return decisions
  }

  /// Call when the source was opened, for the first time or again.
  ///
  /// - Parameters:
  ///   - now: The time on the clock that ages are counted on.
  ///   - controller: How the interface's controller is, if the kernel says so.
  package mutating func sourceOpened(now: Int64, controller: CANController.State? = nil) {
    contact.opened(now: now, state: controller)
  }

  /// Call when the source cannot be opened or read, with the reason.
  package mutating func sourceFailed(_ reason: String) { contact.failed(reason) }

  /// Judges whether the battery is heard; call a few times a second, before ``update(now:time:)``.
  ///
  /// - Returns: What changed, once.
  package mutating func judgeContact(now: Int64, time: Int64) -> Decision? {
    let change = contact.judge(now: now, time: time)
    let judged = contact.contact(now: now)
    if judged != snapshot.contact {
      snapshot.contact = judged
      lastUpdate = nil
    }
    switch change {
    case .found: return .found
    case .lost(let outage): return .lost(outage)
    case .foundAgain(let time, let outage): return .foundAgain(after: time, outage)
    case nil: return nil
    }
  }

  /// Makes the best of what was heard when the source ends; the next update is told at once.
  package mutating func finish(now: Int64) -> [Decision] {
    decisions.removeAll(keepingCapacity: true)
    if let beginnings, !beginnings.isEmpty { decide(now: now) }
    lastUpdate = nil
    return decisions
  }

  private mutating func decide(now: Int64) {
    guard let beginnings else { return }
    contact.isIdentifying = false
    // Of several buses the battery's is the one where a dialect is surest.
    let verdicts = beginnings.buses.enumerated().map { bus, ahead in
      (bus: UInt8(bus), ahead: ahead, best: BusVerdict(ahead.census).best)
    }
    let surest = verdicts.max { ($0.best?.probability ?? 0) < ($1.best?.probability ?? 0) }
    guard let surest, let best = surest.best, let dialect = best.dialect else {
      // Not yet: the battery may only start later.
      self.beginnings = BusBeginnings(isVerdictEnough: true)
      decisions.append(.noDialect)
      return
    }
    self.beginnings = nil
    decoder = DialectDecoder(dialect)
    batteryBus.decide(surest.bus)
    decisions.append(.dialect(best))
    for frame in surest.ahead.frames { read(frame, now: now) }
  }

  /// The frames of the battery's bus, once that is known.
  private func own(_ frames: [CANFrame]) -> [CANFrame] {
    guard batteryBus.isSure, let bus, frames.contains(where: { $0.bus != bus }) else {
      return frames
    }
    return frames.filter { $0.bus == bus }
  }

  /// Goes over to another dialect; what the old one said is forgotten, so that nothing is mixed.
  private mutating func follow(_ candidate: DialectCandidate) {
    decoder = candidate.dialect.map { DialectDecoder($0) }
    forget()
  }

  private mutating func forget() {
    let contact = snapshot.contact
    snapshot = BatterySnapshot()
    snapshot.contact = contact
    judge = PlausibilityGuard()
  }

  /// The state to tell now, or `nil` if there is nothing to tell yet.
  ///
  /// It is told twice a second, and at once when an alarm comes or goes or the battery is lost or
  /// found; also while the battery is silent, so that others see its values go.
  package mutating func update(now: Int64, time: Int64) -> BatteryUpdate? {
    let alarms = snapshot.activeAlarms(at: now).map(\.quantity)
    if let lastUpdate, now - lastUpdate < Self.interval, alarms == toldAlarms { return nil }
    lastUpdate = now
    toldAlarms = alarms
    return BatteryUpdate(snapshot: snapshot, now: now, time: time)
  }

  private mutating func read(_ frame: CANFrame, now: Int64) {
    guard frame.kind == .data, let dialect = decoder?.dialect,
      let index = dialect.plan.messageIndex(for: frame.identifier),
      dialect.messages[index].direction == .battery
    else { return }
    switch batteryBus.take(frame.bus, index, of: dialect) {
    case .own: break
    case .other: return
    case .moved:
      decoder = DialectDecoder(dialect)
      forget()
    }
    guard let message = decoder?.decode(frame, into: &fields) else { return }
    contact.heardBattery(now: now)
    for field in fields {
      if let cell = field.cell { record(field.value.number, of: cell, frame, now: now) }
      guard let quantity = field.quantity else { continue }
      var value = field.value.quantityValue
      if field.part > 0, let whole = decoder?.wholeText(field) {
        value = whole.isEmpty ? nil : .text(whole)
      }
      if let doubt = doubt(quantity, value, now: now) {
        decisions.append(.doubt(doubt))
        guard case .contradiction = doubt else { continue }
      }
      snapshot.record(
        quantity, value, from: message.identifier.number, time: frame.absoluteTime, heard: now)
    }
  }

  private mutating func record(
    _ value: Double?, of cell: (quantity: CellQuantity, number: Int), _ frame: CANFrame, now: Int64
  ) {
    if let value, !cell.quantity.plausibleRange.contains(value) {
      decisions.append(.doubt(.cellOutOfRange(cell.quantity, cell: cell.number, value)))
      return
    }
    snapshot.record(
      cell.quantity, ofCell: cell.number, value, time: frame.absoluteTime, heard: now)
  }

  private mutating func doubt(
    _ quantity: BatteryQuantity, _ value: QuantityValue?, now: Int64
  ) -> PlausibilityGuard.Doubt? {
    switch value {
    case .number(let number): judge.doubt(quantity, number, heard: now)
    case .alarm(.active): judge.contradiction(of: quantity)
    default: nil
    }
  }
}
