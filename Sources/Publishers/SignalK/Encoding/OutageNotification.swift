import BatteryModel

/// That a battery is not heard, since when and why: one more path of notifications.
///
///     {"state":"alarm","method":["visual","sound"],
///      "message":"House battery: not heard since 10:04:09Z: the interface is down"}
struct OutageNotification {
  /// Such as `notifications.electrical.batteries.house.communication`.
  let path: String
  /// `nil` while nobody knows whether the battery is heard.
  let value: SignalKValue?

  init(_ contact: BatteryContact?, of battery: SignalKBattery) {
    path = "notifications." + battery.path("communication")
    value = contact.map { contact in
      switch contact {
      case .heard:
        .notification(SignalKNotification(state: .normal, message: "\(battery.title): heard"))
      case .lost(let outage):
        .notification(
          SignalKNotification(
            state: .alarm,
            message: "\(battery.title): not heard since "
              + "\(SignalKTimestamp.timeOfDay(outage.since)): \(outage.reason)"))
      }
    }
  }
}
