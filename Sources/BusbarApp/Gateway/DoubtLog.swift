import BatteryModel

/// Tells doubts without flooding: one line for each quantity, and for cells, a minute, with how many there were.
struct DoubtLog: Sendable {
  private static let interval: Int64 = 60_000_000_000

  private struct Entry {
    var toldAt: Int64
    var suppressed = 0
  }

  private var entries: [BatteryQuantity?: Entry] = [:]

  /// The line to tell now, or `nil` if the quantity was told of less than a minute ago.
  mutating func line(_ doubt: PlausibilityGuard.Doubt, now: Int64) -> String? {
    if let entry = entries[doubt.quantity], now - entry.toldAt < Self.interval {
      entries[doubt.quantity]?.suppressed += 1
      return nil
    }
    let suppressed = entries[doubt.quantity]?.suppressed ?? 0
    entries[doubt.quantity] = Entry(toldAt: now)
    return "\(doubt)" + (suppressed == 0 ? "" : " (and \(suppressed) times before)")
  }
}
