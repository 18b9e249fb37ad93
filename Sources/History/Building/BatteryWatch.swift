import BatteryModel

/// Notices what is worth an event in what one battery says.
///
/// Its state is kept with the history, so that building goes on after a restart as if there had
/// been none.
struct BatteryWatch: Sendable, Codable {
  private struct Charge: Codable {
    var value: Double
    var time: Int64
  }

  /// After this long without a word a battery was silent: several rounds of any BMS.
  private static let silence: Int64 = 10_000_000_000
  /// A charge that differs by so many percent within ``jumpTime`` has jumped.
  private static let jump = 3.0
  private static let jumpTime: Int64 = 60_000_000_000

  private var alarms: [BatteryQuantity: Int64] = [:]
  private var identity: [BatteryQuantity: String] = [:]
  private var charge: Charge?
  private var lastHeard: Int64?
  /// A silence that has just ended and waits for the state of charge to be explained.
  private var silence: Int64?

  /// Takes note that the battery said something.
  mutating func heard(at time: Int64, events: inout [HistoryEvent.Kind]) {
    if let lastHeard, lastHeard - time > Self.silence {
      // An older log was imported: what was said later says nothing of then.
      alarms = [:]
      charge = nil
      silence = nil
    } else if let lastHeard, time - lastHeard > Self.silence {
      silence = time - lastHeard
      events.append(.silent(time - lastHeard))
    }
    lastHeard = time
  }

  /// Forgets when the battery was heard: nobody was listening in between.
  mutating func interrupted() {
    lastHeard = nil
    silence = nil
  }

  mutating func alarm(
    _ quantity: BatteryQuantity, isActive: Bool, at time: Int64,
    events: inout [HistoryEvent.Kind]
  ) {
    guard isActive || !alarms.isEmpty else { return }
    if isActive, alarms[quantity] == nil {
      alarms[quantity] = time
      events.append(.alarmBegan(quantity))
    } else if !isActive, let began = alarms.removeValue(forKey: quantity) {
      events.append(.alarmEnded(quantity, lasted: max(0, time - began)))
    }
  }

  mutating func charge(_ value: Double, at time: Int64, events: inout [HistoryEvent.Kind]) {
    defer {
      charge = Charge(value: value, time: time)
      silence = nil
    }
    guard let last = charge, abs(value - last.value) >= Self.jump else { return }
    if let silence {
      events.append(
        .restarted(silence: silence, chargeBefore: last.value, chargeAfter: value))
    } else if time - last.time <= Self.jumpTime {
      events.append(.chargeJumped(from: last.value, to: value))
    }
  }

  mutating func text(
    _ quantity: BatteryQuantity, _ text: String, events: inout [HistoryEvent.Kind]
  ) {
    guard !text.isEmpty, identity[quantity] != text else { return }
    events.append(.identityChanged(quantity, from: identity[quantity], to: text))
    identity[quantity] = text
  }
}
