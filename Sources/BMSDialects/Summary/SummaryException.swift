import BatteryModel
import DBC

/// What a signal needs for a summary beyond its bits.
struct SummaryException: Sendable {
  let reading: SignalReading
  /// How many steps to skip if this one found a value: coarser signals of the same quantity.
  let alternatives: Int
  /// Bit `n` is set if raw value `n` stands for a raised alarm.
  private let activeMask: UInt64

  /// Creates one, or `nil` if the signal needs nothing.
  ///
  /// - Parameters:
  ///   - slot: The signal's place in the dialect's plan.
  ///   - reading: How it is read.
  ///   - alternatives: How many signals for the same value follow.
  ///   - dialect: The dialect.
  init?(_ slot: Int, reading: SignalReading, alternatives: Int, in dialect: Dialect) {
    self.reading = reading
    activeMask = dialect.plan.signals[slot].labels.reduce(0) { mask, label in
      label.value == AlarmState.active.rawValue && (0..<64).contains(label.key)
        ? mask | 1 << UInt64(label.key) : mask
    }
    // Alarms of one quantity are all told; of numbers, only the finest.
    self.alternatives = activeMask == 0 ? alternatives : 0
    if reading.isPlain && activeMask == 0 && self.alternatives == 0 { return nil }
  }

  /// Whether a raw value stands for a raised alarm.
  func isActive(_ raw: Int64) -> Bool { activeMask >> UInt64(raw & 63) & 1 != 0 }
}
