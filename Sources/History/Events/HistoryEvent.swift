package import BatteryModel

/// Something that is worth finding again: an alarm, an outage, a change of the battery.
package struct HistoryEvent: Hashable, Sendable, Codable {
  package enum Kind: Hashable, Sendable, Codable {
    case alarmBegan(BatteryQuantity)
    /// After so many nanoseconds.
    case alarmEnded(BatteryQuantity, lasted: Int64)
    /// The battery said nothing for so many nanoseconds, although others may have.
    case silent(Int64)
    /// After a silence the state of charge was another one: the BMS has started anew.
    case restarted(silence: Int64, chargeBefore: Double, chargeAfter: Double)
    /// The state of charge changed faster than any current can, in percent.
    case chargeJumped(from: Double, to: Double)
    case dialectChanged(from: String?, to: String)
    /// A text by which the battery names itself, such as its firmware, was told or changed.
    case identityChanged(BatteryQuantity, from: String?, to: String)
    /// What the recording noted: frames lost, an interface down, a clock set. In words.
    case recorded(String)
  }

  package var kind: Kind
  /// When it was, in nanoseconds since 1970.
  package var time: Int64
  /// The bus that it was on; empty where that is not known.
  package var bus: String

  package init(_ kind: Kind, time: Int64, bus: String) {
    self.kind = kind
    self.time = time
    self.bus = bus
  }
}
