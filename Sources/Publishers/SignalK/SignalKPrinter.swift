package import BatteryModel
import ServiceLifecycle

/// Publishes batteries to a sink that is always there, such as ``StandardOutputSink``.
package struct SignalKPrinter<Updates>: Service
where Updates: AsyncSequence<BatteryUpdate, Never> & Sendable {
  private let feeds: [SignalKFeed<Updates>]
  private let sink: any DeltaSink

  /// Creates the service; nothing happens before ``run()``.
  package init(feeds: [SignalKFeed<Updates>], sink: any DeltaSink = StandardOutputSink()) {
    self.feeds = feeds
    self.sink = sink
  }

  /// Runs until the updates end, the task is cancelled or a graceful shutdown begins.
  ///
  /// - Throws: ``SignalKError`` if the sink is gone.
  package func run() async throws {
    try await withThrowingDiscardingTaskGroup { group in
      for feed in feeds {
        group.addTask {
          var encoder = SignalKEncoder(battery: feed.battery)
          for await update in feed.updates.cancelOnGracefulShutdown() {
            for delta in encoder.messages(for: update) { try await sink.send(delta) }
          }
        }
      }
    }
  }
}
