package import BatteryModel
package import Logging
import ServiceLifecycle

/// Publishes batteries to a Signal K server, and keeps that server's trouble to itself.
///
/// A server that is away delays nobody: updates are dropped meanwhile, since each newer one says
/// more than all before it, and the newest is sent as soon as the server is back. What was missed
/// is never sent afterwards: a server takes whatever arrives last for the present.
package struct SignalKService<Updates>: Service
where Updates: AsyncSequence<BatteryUpdate, Never> & Sendable {
  /// How it is doing.
  package let board = SignalKStatusBoard()
  private let configuration: SignalKConfiguration
  private let feeds: [SignalKFeed<Updates>]
  private let logger: Logger

  /// Creates the service; nothing happens before ``run()``.
  ///
  /// - Parameters:
  ///   - configuration: Where to publish.
  ///   - feeds: Which batteries, each with an id of its own.
  ///   - logger: Told of connections, of outages and of what a server's administrator has to do;
  ///     each change once.
  package init(
    configuration: SignalKConfiguration, feeds: [SignalKFeed<Updates>], logger: Logger
  ) {
    self.configuration = configuration
    self.feeds = feeds
    self.logger = logger
  }

  /// Runs until all updates end, the task is cancelled or a graceful shutdown begins.
  package func run() async {
    await cancelWhenGracefulShutdown {
      let mailbox = UpdateMailbox()
      await mailbox.whileFed(by: feeds) {
        var link = SignalKLink(
          configuration: configuration, batteries: feeds.map(\.battery), mailbox: mailbox,
          board: board, logger: logger)
        await link.run()
        board.enter(.ended)
      }
    }
  }
}
