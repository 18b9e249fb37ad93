import CANFrames

/// Every identifier that was heard, in the order of arbitration; bounded.
package struct MonitoredMessages: Sendable {
  /// No battery bus has as many identifiers; what comes beyond is only counted.
  package static let limit = 1024

  /// Ordered by bus, then by identifier.
  package private(set) var rows: [MonitoredMessage] = []
  /// Frames of identifiers beyond the limit.
  package private(set) var uncountedFrames = 0
  private var slots: [MonitoredMessage.Key: Int] = [:]

  /// The row of a key, or `nil` if it was not heard.
  package func row(_ key: MonitoredMessage.Key) -> MonitoredMessage? { slots[key].map { rows[$0] } }

  /// Takes note of a data or remote frame.
  ///
  /// - Returns: The bits that it took on the bus.
  mutating func take(_ frame: CANFrame, now: Int64) -> Int {
    let key = MonitoredMessage.Key(identifier: frame.identifier, bus: frame.bus)
    if let slot = slots[key] {
      rows[slot].take(frame, now: now)
      return rows[slot].bits
    }
    guard rows.count < Self.limit else {
      uncountedFrames += 1
      return FrameBits.count(frame)
    }
    let row = MonitoredMessage(frame, now: now)
    let place = rows.firstIndex { key < $0.key } ?? rows.count
    rows.insert(row, at: place)
    for index in place..<rows.count { slots[rows[index].key] = index }
    return row.bits
  }
}
