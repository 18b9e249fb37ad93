package import CANFrames

/// What is known of one identifier on one bus.
package struct MonitoredMessage: Sendable {
  /// Which message: an identifier, and the bus that it was heard on.
  package struct Key: Hashable, Sendable, Comparable {
    package var identifier: CANIdentifier
    /// The index of the bus's name.
    package var bus: UInt8

    package static func < (left: Self, right: Self) -> Bool {
      left.bus == right.bus ? left.identifier < right.identifier : left.bus < right.bus
    }
  }

  /// A byte is marked as changed for this long: 1.5 s.
  static let markTime: Int64 = 1_500_000_000

  package let key: Key
  package private(set) var count = 0
  /// The newest frame.
  package private(set) var last: CANFrame
  /// When it was heard, on the clock that ages are counted on.
  package private(set) var heard: Int64
  /// The usual distance between two frames in nanoseconds; `nil` until there were two.
  package private(set) var period: Int64?
  /// What the newest frame takes on the bus, in bits.
  package private(set) var bits: Int
  /// Every payload bit that ever changed.
  package private(set) var everChanged: UInt64 = 0
  private var changes: [8 of Int64] = .init(repeating: .min)

  init(_ frame: CANFrame, now: Int64) {
    key = Key(identifier: frame.identifier, bus: frame.bus)
    last = frame
    heard = now
    count = 1
    bits = FrameBits.count(frame)
  }

  /// Takes note of the next frame.
  mutating func take(_ frame: CANFrame, now: Int64) {
    note(distance: distance(to: frame, now: now))
    let changed = frame.payload ^ last.payload
    if changed != 0 || frame.length != last.length || frame.kind != last.kind {
      bits = FrameBits.count(frame)
      everChanged |= changed
      for index in 0..<8 {
        let hasCome = index >= last.length && index < frame.length
        if changed >> UInt64(8 * index) & 0xFF != 0 || hasCome { changes[index] = now }
      }
    }
    count += 1
    last = frame
    heard = now
  }

  /// Whether a payload byte changed a short time ago.
  package func isMarked(_ index: Int, at now: Int64) -> Bool {
    changes[index] != .min && now - changes[index] < Self.markTime
  }

  /// Whether nothing has come for three periods, and for 5 s at least.
  package func isSilent(at now: Int64) -> Bool {
    now - heard > max(5_000_000_000, 3 * (period ?? 0))
  }

  /// By the source's own clock where it has one, by arrival otherwise.
  private func distance(to frame: CANFrame, now: Int64) -> Int64 {
    guard let new = frame.sourceTime, let old = last.sourceTime else { return now - heard }
    return new &- old
  }

  private mutating func note(distance: Int64) {
    // A clock that was set back, or a day of silence, is no period.
    guard distance >= 0, distance < 86_400_000_000_000 else { return }
    guard let old = period else {
      period = distance
      return
    }
    // A pause begins anew, so that the figure is not wrong for long.
    period = distance > 10 * max(old, 1_000_000) ? distance : (7 * old + distance) / 8
  }
}
