import BMSDialects
import CANFrames
import CANInterfaces
import Foundation
import Logging

/// Reads one battery's source on a thread of its own, and opens it again when it fails.
///
/// It tells the battery's state twice a second whatever happens, so that values go absent and the
/// reason is published also while there is nothing to read.
struct SourcePart: Sendable {
  /// How long a read waits, in milliseconds, so that values go absent in time on a silent bus.
  private static let waiting: Int32 = 200
  /// Between two tries to open a source, in milliseconds: an interface comes back by somebody's hand.
  private static let retrying: Int32 = 1000

  /// A pause after a read that brought little, in milliseconds: waking for each frame costs three
  /// times the processor, and nobody sees a fiftieth of a second.
  private static let pause: Int32 = 20
  private static let littleFrames = 500

  let settings: BatterySettings
  /// What lines in the log begin with, such as `source can0`.
  let title: String
  /// Whether a source that cannot be opened at the start is waited for.
  let waitsAtStart: Bool
  let hub: UpdateHub
  let consumers: [any BusConsumer]
  let pin: DialectPin?
  let reporter: PartReporter
  let logger: Logger

  /// Runs until the source ends or the task is cancelled; what was heard is told before it returns.
  ///
  /// - Throws: ``SourceError`` if the source cannot be opened at the start and is not to be waited
  ///   for.
  func run() async throws {
    defer { hub.finish() }
    let stop: WakeSignal
    do throws(CallFailure) {
      stop = try WakeSignal()
    } catch {
      throw SourceError.failed(settings.source, error)
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation {
        (continuation: CheckedContinuation<Void, any Error>) in
        // Reading blocks, and must not take a thread from the tasks.
        Thread.detachNewThread { continuation.resume(with: Result { try read(stop) }) }
      }
    } onCancel: {
      stop.raise()
    }
    reporter.became(.ended)
  }

  private func read(_ stop: WakeSignal) throws(SourceError) {
    var session = SourceSession(self)
    while true {
      do throws(SourceError) {
        guard try readOnce(stop, &session) == .open else { return }
      } catch {
        if !session.wasOpen, !waitsAtStart { throw error }
        session.failed("\(error)")
      }
      guard !rest(stop, &session) else { return }
    }
  }

  /// Reads until the source ends, fails or is to stop.
  private func readOnce(
    _ stop: WakeSignal, _ session: inout SourceSession
  ) throws(SourceError) -> SourceState {
    var source = try settings.openSource(stop: stop.descriptor) { [logger, title] remark in
      logger.notice("\(title): \(remark)")
    }
    session.opened()
    var batch = FrameBatch()
    while true {
      batch.removeAll()
      let state = try source.read(into: &batch, waitingMilliseconds: Self.waiting)
      session.take(batch, buses: source.buses, isLast: state == .ended)
      guard state == .open else {
        if state == .ended { logger.notice("\(title): the source has ended") }
        return state
      }
      if !batch.isEmpty, batch.frames.count < Self.littleFrames {
        _ = stop.wait(milliseconds: Self.pause)
      }
    }
  }

  /// Waits for the next try and goes on telling; returns whether it is to stop.
  private func rest(_ stop: WakeSignal, _ session: inout SourceSession) -> Bool {
    for _ in 0..<(Self.retrying / Self.waiting) {
      if stop.wait(milliseconds: Self.waiting) { return true }
      session.passTime()
    }
    return false
  }
}
