import BatteryModel

/// That a battery is not heard, since when and why: one more path of notifications.
///
///     {"state":"alarm","method":["visual","sound"],
///      "message":"House battery: not heard since 10:04:09Z: the interface is down"}
///
/// Whoever listens says so in the snapshot. Where nobody does, a battery that had readings and has
/// none any more is not heard.
struct OutageNotification: Sendable {
  /// The last segment of its path.
  static let segment = "communication"

  private var lastWord: BatterySnapshot.Reading?
  private var level = AlarmLevel()

  /// What to tell, or `nil` while nobody knows whether the battery is heard.
  ///
  /// - Parameters:
  ///   - update: The battery's state.
  ///   - newest: The newest reading that counts now.
  ///   - battery: What people call it.
  /// - Returns: The same text for as long as the reason is the same.
  mutating func notification(
    for update: BatteryUpdate, newest: BatterySnapshot.Reading?, battery: SignalKBattery
  ) -> SignalKNotification? {
    lastWord = newest ?? lastWord
    switch update.snapshot.contact {
    case .heard: return Self.heard(battery)
    case .lost(let outage):
      return Self.lost(battery, since: outage.since, ": \(outage.reason)")
    case nil:
      level.observe(finding(at: update, newest: newest), at: update.now)
      guard let told = level.told else { return nil }
      guard told.state != .normal else { return Self.heard(battery) }
      return Self.lost(battery, since: told.since ?? update.time, "")
    }
  }

  /// Call for each new connection: what is true then is told at once.
  mutating func connected() { level = AlarmLevel() }

  private func finding(
    at update: BatteryUpdate, newest: BatterySnapshot.Reading?
  ) -> AlarmLevel.Finding? {
    guard newest == nil else { return .init(state: .normal, since: nil) }
    guard let lastWord else { return nil }
    // A value that the BMS has withdrawn is no silence.
    let silence = update.now - lastWord.heard
    guard silence > BatterySnapshot.shortestTimeout else { return level.told }
    return .init(state: .alarm, since: lastWord.time ?? update.time - silence)
  }

  private static func heard(_ battery: SignalKBattery) -> SignalKNotification {
    SignalKNotification(state: .normal, message: "\(battery.title): heard")
  }

  private static func lost(
    _ battery: SignalKBattery, since: Int64, _ reason: String
  ) -> SignalKNotification {
    SignalKNotification(
      state: .alarm,
      message: "\(battery.title): not heard since \(SignalKTimestamp.timeOfDay(since))\(reason)")
  }
}
