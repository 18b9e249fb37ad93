package import BatteryModel

/// One battery and what becomes known of it.
package struct SignalKFeed<Updates>: Sendable
where Updates: AsyncSequence<BatteryUpdate, Never> & Sendable {
  /// What the battery is called.
  package var battery: SignalKBattery
  /// Its state, a few times a second, also while it is silent: that it went silent is told by an
  /// update, too.
  package var updates: Updates

  /// Takes over both.
  package init(_ battery: SignalKBattery, _ updates: Updates) {
    self.battery = battery
    self.updates = updates
  }
}
