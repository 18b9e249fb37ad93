import Dispatch
import Foundation
import FrameStore
import History
import Synchronization

/// Keeps the history of a recording up to date while that grows, on a thread of its own.
///
/// The history is a cache: what goes wrong is made up for by the next time or by the next
/// question, which says what is wrong.
package final class HistoryKeeper: Sendable {
  /// While recording: blocks become final once an hour, or where much comes, once a minute.
  package static let usualInterval = 300.0

  private enum Phase { case running, finishing, stopping }

  private let path: String
  private let interval: Double
  private let phase = Mutex(Phase.running)
  private let wake = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// Begins; the recording need not be there yet.
  ///
  /// - Parameters:
  ///   - path: Where the recording is.
  ///   - interval: Between two looks whether there is more, in seconds.
  package init(path: String, every interval: Double) {
    self.path = path
    self.interval = interval
    let thread = Thread { [self] in run() }
    thread.name = "history"
    thread.start()
  }

  /// Ends the thread, in the middle of its work if there is some; call once, this or ``finish()``.
  package func stop() { end(.stopping) }

  /// Ends the thread when the history reaches the end of what is sealed.
  package func finish() { end(.finishing) }

  private func end(_ last: Phase) {
    phase.withLock { $0 = last }
    wake.signal()
    ended.wait()
  }

  private func run() {
    var last: Phase
    repeat {
      _ = wake.wait(timeout: .now() + interval)
      // What came while the last of it was built is built once more before the end.
      last = phase.withLock { $0 }
      if last != .stopping { build() }
    } while last == .running
    ended.signal()
  }

  private func build() {
    do throws(StoreError) {
      // A recording that is not there is not to be made.
      let dialects = HistoryDialects.automatic
      let isCurrent = try HistoryBuilder.isCurrent(
        try FrameStore(path: path, access: .reading), dialects)
      guard !isCurrent else { return }
      try HistoryBuilder.update(path: path, dialects) { _ in phase.withLock { $0 } != .stopping }
    } catch {
      // The next time, or the next question.
    }
  }
}
