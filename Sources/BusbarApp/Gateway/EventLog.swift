import CANFrames

/// Tells events of a bus without flooding: one line for each kind a minute.
///
/// That an interface went down or is up again is not told here: it is part of whether the battery is
/// heard.
struct EventLog: Sendable {
  private static let interval: Int64 = 60_000_000_000

  private var lastTold: [String: Int64] = [:]
  private var told: Set<String> = []
  private var lostSince = 0

  /// The line to tell now, or `nil` for an event that has just been told of or is no news.
  mutating func line(_ event: BusEvent, now: Int64) -> String? {
    switch event.kind {
    case .interfaceDown, .interfaceUp: return nil
    case .gap, .clockStep: return "\(event)"
    case .framesDropped(let count):
      lostSince += count
      if let last = lastTold["lost"], now - last < Self.interval { return nil }
      lastTold["lost"] = now
      defer { lostSince = 0 }
      return "\(BusEvent(.framesDropped(lostSince), timestamp: event.timestamp, bus: event.bus))"
    }
  }

  /// The line itself the first time, then never again.
  mutating func line(_ once: String) -> String? { told.insert(once).inserted ? once : nil }
}
