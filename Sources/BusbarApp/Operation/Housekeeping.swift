import CANInterfaces
import Logging

/// Looks at the parts now and then: feeds the watchdog if none hangs, and tells systemd how they are.
struct Housekeeping: Sendable {
  private static let interval: Int64 = 2_000_000_000

  let board: PartBoard
  let manager: ServiceManager
  let logger: Logger

  /// Runs until its task is cancelled.
  func run() async {
    let judge = manager.watchdogLimit.map { WatchdogJudge(limit: $0) }
    let interval = min(Self.interval, judge?.interval ?? Self.interval)
    var toldHanging: [String] = []
    var toldStatus = ""
    while !Task.isCancelled {
      let parts = board.parts
      if let judge {
        let hanging = judge.hanging(parts, now: SystemClock.sinceBoot)
        if hanging.isEmpty { manager.tell(.watchdog) }
        if hanging != toldHanging, !hanging.isEmpty {
          logger.error("hangs: \(hanging.joined(separator: ", ")); the watchdog is not fed")
        }
        toldHanging = hanging
      }
      let status = Self.status(of: parts)
      if status != toldStatus {
        manager.tell(.status(status))
        toldStatus = status
      }
      try? await Task.sleep(for: .nanoseconds(interval))
    }
  }

  /// One line, such as `1 of 2 sources heard, 1 of 1 destinations working`.
  static func status(of parts: [PartStatus]) -> String {
    let sources = parts.filter { $0.kind == .source }
    let destinations = parts.filter { $0.kind == .destination }
    func working(_ parts: [PartStatus]) -> Int { parts.count { $0.state == .working } }
    return "\(working(sources)) of \(sources.count) sources heard, "
      + "\(working(destinations)) of \(destinations.count) destinations working"
  }
}
