import CANFrames
package import CANInterfaces
import Foundation
import Synchronization

/// Reads a source on a thread of its own into a model that others look at.
package final class MonitorReader: Sendable {
  package enum Progress: Sendable {
    case reading
    /// With what was read of a log beside its frames.
    case ended(LogCounts?)
    case failed(SourceError)
  }

  private struct State: Sendable {
    var model: MonitorModel
    var progress = Progress.reading
  }

  private let state: Mutex<State>
  private let stop: WakeSignal

  /// - Parameter model: What is filled.
  /// - Throws: If the kernel has no descriptors left.
  package init(_ model: MonitorModel) throws(CallFailure) {
    state = Mutex(State(model: model))
    stop = try WakeSignal()
  }

  /// Begins to read.
  ///
  /// - Parameters:
  ///   - source: Opened on the thread that reads it.
  ///   - wake: Raised when reading has come to an end.
  package func start(_ source: MonitorSource, waking wake: WakeSignal) {
    Thread.detachNewThread { [self] in
      let progress: Progress
      do throws(SourceError) {
        let counts = try source.read(stop: stop.descriptor) { batch, buses in
          let now = SystemClock.sinceBoot
          state.withLock { $0.model.take(batch, buses: buses, now: now) }
        }
        progress = .ended(counts)
      } catch {
        progress = .failed(error)
      }
      let now = SystemClock.sinceBoot
      state.withLock {
        $0.model.finish(now: now)
        $0.progress = progress
      }
      wake.raise()
    }
  }

  /// What is known now, as a copy that nothing changes any more, and how reading goes.
  package func look() -> (model: MonitorModel, progress: Progress) {
    state.withLock { ($0.model, $0.progress) }
  }

  /// Ends reading soon.
  package func cancel() { stop.raise() }
}
