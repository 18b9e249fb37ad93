/// What each message says about each alarm, where several messages tell of the same one.
///
/// Some batteries send both the Pylontech and the Victron alarm frames, and leave one of them
/// empty: an alarm is raised if any of them says so.
struct AlarmReports: Sendable {
  private struct Key: Hashable {
    var quantity: BatteryQuantity
    var origin: UInt32
  }

  private struct Report {
    var state: AlarmState
    var heard: Int64
  }

  private var reports: [Key: Report] = [:]
  private var origins: Set<UInt32> = []

  /// Takes a report over and returns what follows from all of them that are not too old.
  mutating func merge(
    _ state: AlarmState, of quantity: BatteryQuantity, from origin: UInt32, heard: Int64
  ) -> AlarmState {
    origins.insert(origin)
    reports[Key(quantity: quantity, origin: origin)] = Report(state: state, heard: heard)
    var result = state
    for other in origins where other != origin {
      guard let report = reports[Key(quantity: quantity, origin: other)],
        heard - report.heard <= 2 * BatterySnapshot.shortestTimeout
      else { continue }
      if report.state.severity > result.severity { result = report.state }
    }
    return result
  }
}

extension AlarmState {
  /// Which of several reports of one alarm counts: the highest.
  public var severity: Int {
    switch self {
    case .unsupported: 0
    case .inactive: 1
    case .active: 2
    }
  }
}
