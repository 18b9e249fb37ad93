import BatteryModel

/// How serious one subject is, from a BMS's alarm and its warning together, without flapping.
///
/// What gets worse is told at once. What gets better has to stay better for two seconds, since a
/// `normal` in between undoes a user's acknowledgement.
struct AlarmLevel: Sendable {
  /// For how long an alarm must be clear before that is told, in nanoseconds.
  static let clearingTime: Int64 = 2_000_000_000

  /// A state and since when it has been so, in nanoseconds since 1970.
  struct Finding: Hashable, Sendable {
    var state: SignalKNotification.State
    var since: Int64?
  }

  /// What is to be told; `nil` while nothing is known.
  private(set) var told: Finding?
  /// The worst finding since things became better than told, and from when on.
  private var better: (worst: Finding, from: Int64)?

  /// Takes over what is found at `now`, on a clock that does not step, in nanoseconds.
  mutating func observe(_ found: Finding?, at now: Int64) {
    guard let found, let told, found.state.severity <= told.state.severity else {
      told = found
      better = nil
      return
    }
    guard found.state != told.state else {
      better = nil
      return
    }
    var candidate = better ?? (found, now)
    if found.state.severity > candidate.worst.state.severity { candidate.worst = found }
    guard now - candidate.from >= Self.clearingTime else {
      better = candidate
      return
    }
    self.told = candidate.worst
    better = found.state == candidate.worst.state ? nil : (found, now)
  }
}

extension AlarmLevel.Finding {
  /// Merges a subject's two readings; `nil` if the BMS watches neither, or is silent.
  init?(alarm: BatterySnapshot.Reading?, warning: BatterySnapshot.Reading?) {
    if let alarm, alarm.value == .alarm(.active) {
      self.init(state: .alarm, since: alarm.since)
    } else if let warning, warning.value == .alarm(.active) {
      self.init(state: .warn, since: warning.since)
    } else if alarm?.value == .alarm(.inactive) || warning?.value == .alarm(.inactive) {
      self.init(state: .normal, since: nil)
    } else {
      return nil
    }
  }
}

extension SignalKNotification.State {
  fileprivate var severity: Int {
    switch self {
    case .normal: 0
    case .warn: 1
    case .alarm: 2
    }
  }
}
