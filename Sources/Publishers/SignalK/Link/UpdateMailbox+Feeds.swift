import BatteryModel

extension UpdateMailbox {
  /// Runs `reader` while each feed's updates are put into the box under its place in the list.
  ///
  /// Ends when the reader does; the box is finished when all feeds are.
  func whileFed<Updates>(
    by feeds: [SignalKFeed<Updates>], _ reader: @escaping @Sendable () async -> Void
  ) async {
    await withDiscardingTaskGroup { group in
      group.addTask {
        await withDiscardingTaskGroup { feeders in
          for (index, feed) in feeds.enumerated() {
            feeders.addTask {
              for await update in feed.updates { self.put(update, from: index) }
            }
          }
        }
        self.finish()
      }
      await reader()
      group.cancelAll()
    }
  }
}
