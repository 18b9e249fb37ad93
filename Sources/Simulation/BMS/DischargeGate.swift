/// How a REC Q takes the discharge current away once a cell has fallen to CLOW.
///
/// 100 A become 80, 64, 51.2 … by a fifth each 1.43 s; below 2 % of the limit it is 0, and stays 0
/// however the voltage recovers.
struct DischargeGate: Hashable, Sendable {
  /// Measured: 17 steps in 24 to 25 s.
  static let secondsPerStep = 1.43
  /// The part of the limit below which nothing is left: 2.2 A of 100 A was seen, 1.8 A was not.
  static let smallestPart = 0.02

  enum State: Hashable, Sendable {
    case open
    /// For so many seconds.
    case closing(seconds: Double)
    /// For so many seconds, with the voltage limit as it stood then.
    case closed(seconds: Int, voltage: Double)
  }

  private(set) var state = State.open

  init() {}

  /// A gate that has been closed for long.
  init(stoppedAt voltage: Double) { state = .closed(seconds: .max / 2, voltage: voltage) }

  /// The part of the discharge current that is allowed, 0 to 1.
  var part: Double {
    switch state {
    case .open: return 1
    case .closed: return 0
    case .closing(let seconds):
      var part = 0.8
      for _ in 0..<Int(seconds / Self.secondsPerStep) { part *= 0.8 }
      return part < Self.smallestPart ? 0 : part
    }
  }

  /// How long it has been closed, in s; `nil` if it is not.
  var closedSeconds: Int? {
    if case .closed(let seconds, _) = state { seconds } else { nil }
  }

  /// Lets a second pass.
  ///
  /// - Parameters:
  ///   - isLow: Whether a cell is at or below CLOW.
  ///   - isHigh: Whether all cells have come well above it.
  ///   - mayReopen: Whether there is charge again.
  ///   - voltage: The voltage limit as it is told now.
  mutating func secondPassed(isLow: Bool, isHigh: Bool, mayReopen: Bool, voltage: Double) {
    switch state {
    case .open: if isLow { state = .closing(seconds: 0) }
    case .closing(let seconds):
      state = .closing(seconds: seconds + 1)
      if part == 0 {
        state = .closed(seconds: 0, voltage: voltage)
      } else if isHigh {
        // A load has gone and the voltage with it is back [chosen].
        state = .open
      }
    case .closed(let seconds, let voltage):
      state =
        isHigh && mayReopen ? .open : .closed(seconds: min(seconds + 1, .max / 2), voltage: voltage)
    }
  }
}
