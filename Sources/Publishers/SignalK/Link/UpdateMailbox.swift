package import BatteryModel
import NIOConcurrencyHelpers

/// Holds the newest update of each battery for one reader, and never more than that.
///
/// Battery updates come at their own pace; a reader that waits for a slow server finds the newest
/// one when it is ready again, and how many it missed is counted.
package final class UpdateMailbox: Sendable {
  /// What a reader is woken by.
  package enum Delivery: Sendable {
    /// The newest update of a battery, as old as it has waited; batteries take turns.
    case update(BatteryUpdate, feed: Int)
    /// ``UpdateMailbox/interrupt()`` was called.
    case interrupted
    /// No update will come any more, or the reader's task was cancelled.
    case finished
  }

  private struct State: Sendable {
    var slots: [Int: (update: BatteryUpdate, arrival: ContinuousClock.Instant)] = [:]
    /// Batteries with something new, the one that waits longest first.
    var unread: [Int] = []
    var isInterrupted = false
    var isFinished = false
    var missed = 0
    var reader: CheckedContinuation<Void, Never>?
  }

  /// Less is the usual delay between two tasks, and must not make a regular battery irregular.
  private static let longWait = Duration.milliseconds(250)

  // Not a `Mutex`: the thread sanitizer cannot see that one's locks on Linux.
  private let state = NIOLockedValueBox(State())

  /// Creates an empty box.
  package init() {}

  /// Replaces what is in the box.
  ///
  /// - Parameters:
  ///   - update: The battery's state.
  ///   - feed: Which battery it is, where there are several.
  package func put(_ update: BatteryUpdate, from feed: Int = 0) {
    wakeReader { state in
      if state.unread.contains(feed) { state.missed += 1 } else { state.unread.append(feed) }
      state.slots[feed] = (update, .now)
    }
  }

  /// Tells the reader that nothing will come any more; what is in the box can still be read.
  package func finish() { wakeReader { $0.isFinished = true } }

  /// Wakes the reader, now or when it next comes.
  package func interrupt() { wakeReader { $0.isInterrupted = true } }

  /// Makes the newest updates unread again, forgets an interruption, and counts anew.
  package func rewind() {
    state.withLockedValue { state in
      state.unread = state.slots.keys.sorted()
      state.isInterrupted = false
      state.missed = 0
    }
  }

  /// How many updates were replaced unread since ``rewind()``.
  package var missed: Int { state.withLockedValue(\.missed) }

  /// Waits for something to read.
  ///
  /// An update that has waited for long is as old as it has waited: readings that timed out in the
  /// meantime are absent from it.
  package func next() async -> Delivery {
    while !Task.isCancelled {
      if let delivery = take() { return delivery }
      await withTaskCancellationHandler {
        await withCheckedContinuation(sleep)
      } onCancel: {
        wakeReader { _ in }
      }
    }
    return .finished
  }

  private func take() -> Delivery? {
    state.withLockedValue { state in
      if state.isInterrupted {
        state.isInterrupted = false
        return .interrupted
      }
      if let feed = state.unread.first, let newest = state.slots[feed] {
        state.unread.removeFirst()
        let wait = .now - newest.arrival
        return .update(
          wait < Self.longWait ? newest.update : newest.update.aged(by: wait), feed: feed)
      }
      return state.isFinished ? .finished : nil
    }
  }

  /// Keeps the reader's continuation, unless there is something to read by now.
  private func sleep(_ reader: CheckedContinuation<Void, Never>) {
    let isAwake = state.withLockedValue { state in
      if state.isInterrupted || !state.unread.isEmpty || state.isFinished || Task.isCancelled {
        return true
      }
      state.reader = reader
      return false
    }
    if isAwake { reader.resume() }
  }

  private func wakeReader(_ change: (inout State) -> Void) {
    let reader = state.withLockedValue { state in
      change(&state)
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume()
  }
}

extension BatteryUpdate {
  /// The same readings, some time later.
  fileprivate func aged(by time: Duration) -> Self {
    var update = self
    update.now += time.nanoseconds
    update.time += time.nanoseconds
    return update
  }
}
