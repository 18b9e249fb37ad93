import BMSDialects
package import BatteryModel
import CANFrames
package import CANInterfaces
import Foundation
package import Logging
import ServiceLifecycle

/// Reads one bus on a thread of its own and tells the battery's state to everybody who publishes it.
///
/// Reading never waits for a publisher: updates that nobody takes are replaced by newer ones.
package struct BusService<Source: FrameSource & ~Copyable>: Service {
  /// How long a read waits, so that values go absent in time on a silent bus.
  private static var waitingMilliseconds: Int32 { 200 }

  private let open: @Sendable () throws -> Source
  private let name: String
  private let choice: DialectChoice
  private let updates: AsyncStream<BatteryUpdate>.Continuation
  private let stop: WakeSignal
  private let logger: Logger

  /// - Parameters:
  ///   - open: Opens the source, on the thread that will read it; it watches `stop` by itself.
  ///   - name: What to call it in the log.
  ///   - choice: The dialect, or that it is to be found out.
  ///   - updates: Takes the battery's state.
  ///   - stop: Made readable by this service when it is told to end.
  ///   - logger: Told of decisions, outages and losses.
  package init(
    open: @escaping @Sendable () throws -> Source, name: String, choice: DialectChoice,
    updates: AsyncStream<BatteryUpdate>.Continuation, stop: WakeSignal, logger: Logger
  ) {
    self.open = open
    self.name = name
    self.choice = choice
    self.updates = updates
    self.stop = stop
    self.logger = logger
  }

  /// Runs until the source ends, fails, or a graceful shutdown begins.
  package func run() async throws {
    defer { updates.finish() }
    try await withGracefulShutdownHandler {
      try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation {
          (continuation: CheckedContinuation<Void, any Error>) in
          Thread.detachNewThread { continuation.resume(with: Result { try readToEnd() }) }
        }
      } onCancel: {
        stop.raise()
      }
    } onGracefulShutdown: {
      stop.raise()
    }
  }

  private func readToEnd() throws {
    var source = try open()
    var monitor = BatteryMonitor(choice)
    var doubts = DoubtLog()
    var batch = FrameBatch()
    var state = SourceState.open
    while state == .open {
      batch.removeAll()
      state = try source.read(into: &batch, waitingMilliseconds: Self.waitingMilliseconds)
      let now = SystemClock.sinceBoot
      for decision in monitor.take(batch, now: now) { log(decision, &doubts) }
      for placed in batch.events {
        logger.warning("\(source.buses[placed.event.bus] ?? name): \(placed.event)")
      }
      if state == .ended {
        for decision in monitor.finish(now: now) { log(decision, &doubts) }
      }
      if let update = monitor.update(now: now, time: SystemClock.realtime) { updates.yield(update) }
    }
    if state == .ended { logger.notice("\(name): the source has ended") }
  }

  private func log(_ decision: BatteryMonitor.Decision, _ doubts: inout DoubtLog) {
    switch decision {
    case .dialect(let candidate):
      let percent = min(99, Int(candidate.probability * 100))
      let title = candidate.dialect.map { "\($0.name) (\($0.title))" } ?? "none"
      logger.notice("\(name): dialect \(title), \(percent) % sure")
    case .noDialect:
      logger.warning("\(name): no dialect of a BMS fits what is on the bus; still listening")
    case .changed(let old, let candidate):
      logger.warning(
        "\(name): the battery now speaks \(candidate.dialect?.name ?? "?") and no longer \(old)")
    case .doubt(let doubt):
      if let line = doubts.line(doubt, now: SystemClock.sinceBoot) {
        logger.warning("\(name): not published: \(line)")
      }
    }
  }
}
