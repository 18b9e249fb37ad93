import BatteryModel
import NIOConcurrencyHelpers

/// Hands every update to every client's mailbox; who joins gets the newest of each battery at once.
final class UpdateFanOut: Sendable {
  private struct State: Sendable {
    var mailboxes: [ObjectIdentifier: UpdateMailbox] = [:]
    var newest: [Int: BatteryUpdate] = [:]
    var isFinished = false
  }

  private let state = NIOLockedValueBox(State())
  private let end = UpdateMailbox()

  /// How many clients there are.
  var clients: Int { state.withLockedValue(\.mailboxes.count) }

  /// Whether no update will come any more.
  var isFinished: Bool { state.withLockedValue(\.isFinished) }

  /// Adds a client.
  func join() -> UpdateMailbox {
    let mailbox = UpdateMailbox()
    let isFinished = state.withLockedValue { state in
      state.mailboxes[ObjectIdentifier(mailbox)] = mailbox
      for (feed, update) in state.newest { mailbox.put(update, from: feed) }
      return state.isFinished
    }
    if isFinished { mailbox.finish() }
    return mailbox
  }

  /// Removes a client.
  func leave(_ mailbox: UpdateMailbox) {
    state.withLockedValue { $0.mailboxes[ObjectIdentifier(mailbox)] = nil }
  }

  /// Waits until no update will come any more, or the task is cancelled.
  func finished() async { _ = await end.next() }

  /// Hands on what the feeds bring, until all of them end.
  func feed<Updates>(from feeds: [SignalKFeed<Updates>]) async {
    await withDiscardingTaskGroup { group in
      for (index, feed) in feeds.enumerated() {
        group.addTask { for await update in feed.updates { self.hand(update, from: index) } }
      }
    }
    let mailboxes = state.withLockedValue { state in
      state.isFinished = true
      return Array(state.mailboxes.values)
    }
    for mailbox in mailboxes { mailbox.finish() }
    end.finish()
  }

  private func hand(_ update: BatteryUpdate, from feed: Int) {
    let mailboxes = state.withLockedValue { state in
      state.newest[feed] = update
      return Array(state.mailboxes.values)
    }
    for mailbox in mailboxes { mailbox.put(update, from: feed) }
  }
}
