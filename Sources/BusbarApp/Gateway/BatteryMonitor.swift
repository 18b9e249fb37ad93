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
  }

  package private(set) var snapshot = BatterySnapshot()
  private var decoder: DialectDecoder?
  private var lookAhead: LookAhead?
  private var fields: [DecodedField] = []
  private var lastUpdate: Int64?
  private var toldAlarms: [BatteryQuantity] = []

  /// - Parameter choice: The dialect, or that it is to be found out from the frames.
  package init(_ choice: DialectChoice) {
    switch choice {
    case .fixed(let dialect): decoder = DialectDecoder(dialect)
    case .automatic: lookAhead = LookAhead()
    }
  }

  /// Takes what a source delivered.
  ///
  /// - Parameters:
  ///   - batch: Frames and events; may be empty.
  ///   - now: The time on the clock that ages are counted on, in nanoseconds.
  /// - Returns: What was decided on the dialect, once.
  package mutating func take(_ batch: FrameBatch, now: Int64) -> Decision? {
    guard lookAhead != nil else {
      for frame in batch.frames { read(frame, now: now) }
      return nil
    }
    guard lookAhead?.take(batch, now: now, isVerdictEnough: true) == true, let ahead = lookAhead
    else { return nil }
    let verdict = BusVerdict(ahead.census)
    guard let best = verdict.best, let dialect = best.dialect else {
      // Not yet: another listener may only have started before the battery did.
      lookAhead = LookAhead()
      return .noDialect
    }
    lookAhead = nil
    decoder = DialectDecoder(dialect)
    for frame in ahead.batch.frames { read(frame, now: now) }
    return .dialect(best)
  }

  /// The state to tell now, or `nil` if there is nothing to tell yet.
  ///
  /// It is told twice a second, and at once when an alarm comes or goes; also while the battery is
  /// silent, so that others see its values go.
  package mutating func update(now: Int64, time: Int64) -> BatteryUpdate? {
    let alarms = snapshot.activeAlarms(at: now).map(\.quantity)
    if let lastUpdate, now - lastUpdate < Self.interval, alarms == toldAlarms { return nil }
    lastUpdate = now
    toldAlarms = alarms
    return BatteryUpdate(snapshot: snapshot, now: now, time: time)
  }

  private mutating func read(_ frame: CANFrame, now: Int64) {
    guard let message = decoder?.decode(frame, into: &fields),
      decoder?.meaning(of: message.identifier)?.direction == .battery
    else { return }
    for field in fields {
      guard let quantity = field.quantity else { continue }
      var value = field.value.quantityValue
      if field.part > 0, let whole = decoder?.wholeText(field) {
        value = whole.isEmpty ? nil : .text(whole)
      }
      snapshot.record(
        quantity, value, from: message.identifier.number, time: frame.absoluteTime, heard: now)
    }
  }
}
