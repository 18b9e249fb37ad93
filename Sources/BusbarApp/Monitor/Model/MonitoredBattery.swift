package import BMSDialects
package import BatteryModel
import CANFrames

/// The battery as the monitor knows it: its state, its dialect, and what is not believed.
package struct MonitoredBattery: Sendable {
  /// How the dialect came to be known.
  package enum DialectState: Sendable {
    /// Not yet: more has to be heard.
    case listening
    /// Nothing that was heard fits a dialect; listening goes on.
    case none
    /// Decided from the frames, with a probability from 0 to 1.
    case identified(Dialect, probability: Double)
    /// The user said so.
    case given(Dialect)

    package var dialect: Dialect? {
      switch self {
      case .listening, .none: nil
      case .identified(let dialect, _), .given(let dialect): dialect
      }
    }
  }

  /// A value that is kept from being shown as the battery's.
  package struct DoubtedValue: Sendable {
    package var doubt: PlausibilityGuard.Doubt
    /// When it was heard, on the clock that ages are counted on.
    package var heard: Int64
  }

  /// How long a doubt is shown: 10 s.
  private static let doubtTime: Int64 = 10_000_000_000

  package private(set) var dialect: DialectState
  /// Whether a frame was heard on its bus.
  private(set) var isHeard = false
  private var monitor: BatteryMonitor
  private var doubts: [BatteryQuantity: DoubtedValue] = [:]
  private var raised: [BatteryQuantity: Int64] = [:]
  private var alarmsLookedAt = Int64.min

  package init(_ choice: DialectChoice) {
    monitor = BatteryMonitor(choice)
    dialect =
      switch choice {
      case .automatic: .listening
      case .fixed(let fixed): .given(fixed)
      }
  }

  package var snapshot: BatterySnapshot { monitor.snapshot }

  /// Whether the battery has said something that its dialect describes.
  var isUnderstood: Bool { monitor.bus != nil }

  /// Takes what a source delivered.
  ///
  /// - Returns: What was decided about the dialect, in words; usually nothing.
  mutating func take(_ batch: FrameBatch, now: Int64) -> [String] {
    isHeard = isHeard || batch.frames.contains { $0.kind != .error }
    let words = monitor.take(batch, now: now).compactMap { note($0, now: now) }
    noteAlarms(now: now)
    return words
  }

  /// Makes the best of what was heard when the source ends.
  mutating func finish(now: Int64) -> [String] {
    let words = monitor.finish(now: now).compactMap { note($0, now: now) }
    alarmsLookedAt = .min
    noteAlarms(now: now)
    return words
  }

  /// What is not believed now, in the catalogue's order.
  package func doubts(at now: Int64) -> [DoubtedValue] {
    BatteryQuantity.allCases.compactMap { doubts[$0] }.filter { now - $0.heard <= Self.doubtTime }
  }

  /// Since when an alarm is active, on the clock that ages are counted on.
  package func raised(_ alarm: BatteryQuantity) -> Int64? { raised[alarm] }

  private mutating func note(_ decision: BatteryMonitor.Decision, now: Int64) -> String? {
    switch decision {
    case .dialect(let candidate):
      guard let found = candidate.dialect else { return nil }
      dialect = .identified(found, probability: candidate.probability)
      return nil
    case .noDialect:
      dialect = .none
      return nil
    case .changed(let old, let candidate):
      let name = candidate.dialect?.name ?? "another dialect"
      if case .given = dialect {
        return "the battery seems to speak \(name) and not \(old)"
      }
      if let found = candidate.dialect {
        dialect = .identified(found, probability: candidate.probability)
      }
      doubts.removeAll()
      return "the battery now speaks \(name) and no longer \(old)"
    case .doubt(let doubt):
      guard let quantity = doubt.quantity else { return nil }
      doubts[quantity] = DoubtedValue(doubt: doubt, heard: now)
      return nil
    // The screen shows each value's age instead.
    case .found, .lost, .foundAgain: return nil
    }
  }

  /// Looked at ten times a second at most: a busy bus delivers many more batches.
  private mutating func noteAlarms(now: Int64) {
    guard alarmsLookedAt == .min || now - alarmsLookedAt >= 100_000_000 else { return }
    alarmsLookedAt = now
    let active = Set(monitor.snapshot.activeAlarms(at: now).map(\.quantity))
    raised = raised.filter { active.contains($0.key) }
    for alarm in active where raised[alarm] == nil { raised[alarm] = now }
  }
}
