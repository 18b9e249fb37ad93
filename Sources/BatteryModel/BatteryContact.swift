/// Whether a battery is being heard.
public enum BatteryContact: Hashable, Sendable {
  /// It says something, and is understood.
  case heard
  /// It does not, or what it says does not arrive.
  case lost(BatteryOutage)
}

/// Since when and why nothing is heard of a battery.
public struct BatteryOutage: Hashable, Sendable {
  /// The nearest cause that the listener knows.
  public enum Reason: Hashable, Sendable {
    /// What messages come from cannot be opened or read; the text says why and what to do.
    case sourceFailed(String)
    /// The interface to the bus is down, or is not there.
    case interfaceDown
    /// The controller has left the bus after too many errors.
    case busOff
    /// The controller has met so many errors that it only listens, and nothing gets through.
    case errorPassive
    /// Nobody says anything.
    case busSilent
    /// Others talk on the bus, and the battery does not.
    case batterySilent
    /// Somebody talks, in no way that a battery is known to.
    case notUnderstood
  }

  public var reason: Reason
  /// When the battery was last heard, or listening began; in nanoseconds since 1970.
  public var since: Int64

  public init(_ reason: Reason, since: Int64) {
    self.reason = reason
    self.since = since
  }
}

extension BatteryOutage.Reason: CustomStringConvertible {
  /// The cause in words that fit into a sentence, such as `the interface is down`.
  public var description: String {
    switch self {
    case .sourceFailed(let text): text
    case .interfaceDown: "the interface is down"
    case .busOff: "the CAN controller has left the bus (bus-off)"
    case .errorPassive: "the CAN controller is error-passive; check bit rate and wiring"
    case .busSilent: "no frames on the bus"
    case .batterySilent: "the BMS is silent while others talk"
    case .notUnderstood: "there are frames, but of no battery that is known"
    }
  }
}
