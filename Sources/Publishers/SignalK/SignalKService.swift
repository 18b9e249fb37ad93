package import BatteryModel
package import Logging
import ServiceLifecycle

/// Publishes a battery to a Signal K server, and keeps that server's trouble to itself.
///
/// A server that is away delays nobody: updates are dropped meanwhile, since each newer one says
/// more than all before it, and the newest is sent as soon as the server is back.
package struct SignalKService<Updates>: Service
where Updates: AsyncSequence<BatteryUpdate, Never> & Sendable {
  private let configuration: SignalKConfiguration
  private let updates: Updates
  private let logger: Logger

  /// Creates the service; nothing happens before ``run()``.
  ///
  /// - Parameters:
  ///   - configuration: Whom to publish, and where.
  ///   - updates: The battery's state, a few times a second, also while it is silent: that it went
  ///     silent is told by an update, too.
  ///   - logger: Told of connections and of outages, at most one line a minute.
  package init(configuration: SignalKConfiguration, updates: Updates, logger: Logger) {
    self.configuration = configuration
    self.updates = updates
    self.logger = logger
  }

  /// Runs until the updates end, the task is cancelled or a graceful shutdown begins.
  package func run() async {
    await cancelWhenGracefulShutdown {
      let mailbox = UpdateMailbox()
      await withDiscardingTaskGroup { group in
        group.addTask {
          for await update in updates { mailbox.put(update) }
          mailbox.finish()
        }
        var link = SignalKLink(configuration: configuration, mailbox: mailbox, logger: logger)
        await link.run()
        group.cancelAll()
      }
    }
  }
}
