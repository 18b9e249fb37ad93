package import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

extension SignalKConnection {
  /// No frame of a server is larger, in bytes.
  private static let largestFrame = 1 << 20
  private static let mostFragments = 1024

  /// Connects to a server's stream and waits for its greeting.
  ///
  /// - Parameters:
  ///   - endpoint: Where the server is.
  ///   - tokenFile: Holds the access token; `nil` for a server without security.
  ///   - trust: Which certificate an encrypted server may have.
  ///   - timing: How long to wait for what.
  ///   - eventLoop: Where the connection lives.
  /// - Returns: The connection, or `nil` if the task was cancelled.
  /// - Throws: ``SignalKError`` with the reason why there is no connection.
  package static func open(
    to endpoint: SignalKEndpoint, tokenFile: TokenFile?, trust: SignalKTrust = .system,
    timing: SignalKTiming = .init(),
    on eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()
  ) async throws(SignalKError) -> SignalKConnection? {
    let connector = HTTPConnector(
      judge: CertificateJudge(endpoint: endpoint, trust: trust), token: try tokenFile?.read(),
      eventLoop: eventLoop)
    return try await open(by: connector, tokenPath: tokenFile?.path, timing: timing)
  }

  /// Connects to the stream of the connector's server and waits for its greeting.
  static func open(
    by connector: HTTPConnector, tokenPath: String?, timing: SignalKTiming
  ) async throws(SignalKError) -> SignalKConnection? {
    let eventLoop = connector.eventLoop
    let server = connector.endpoint.description
    let opened = eventLoop.makePromise(of: SignalKConnection.self)
    let deadline = eventLoop.scheduleTask(in: .init(timing.connecting)) {
      opened.fail(SignalKError.noAnswer(server: server, seconds: timing.connecting.seconds))
    }
    defer { deadline.cancel() }

    connector
      .connect(abandoning: opened) { channel, head in
        try configure(
          channel, upgrading: head, server: server, tokenPath: tokenPath, timing: timing,
          opened: opened)
      }
      .whenFailure { error in
        opened.fail(
          SignalKError(handshakeWith: server, failing: error)
            ?? SignalKError.cannotConnect(server: server, reason: error.shortReason))
      }
    do {
      return try await withTaskCancellationHandler {
        try await opened.futureResult.get()
      } onCancel: {
        opened.fail(CancellationError())
      }
    } catch let error as SignalKError {
      throw error
    } catch {
      return nil
    }
  }

  private static func configure(
    _ channel: any Channel, upgrading head: HTTPRequestHead, server: String,
    tokenPath: String?, timing: SignalKTiming, opened: EventLoopPromise<SignalKConnection>
  ) throws {
    let upgrader = NIOTypedWebSocketClientUpgrader<Void>(maxFrameSize: largestFrame) { channel, _ in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandlers([
          NIOWebSocketFrameAggregator(
            minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: mostFragments,
            maxAccumulatedFrameSize: largestFrame),
          SignalKStreamHandler(server: server, timing: timing, opened: opened),
        ])
      }
    }
    var configuration = NIOUpgradableHTTPClientPipelineConfiguration(
      upgradeConfiguration: NIOTypedHTTPClientUpgradeConfiguration(
        upgradeRequestHead: head, upgraders: [upgrader]
      ) { channel in
        channel.eventLoop.makeCompletedFuture {
          let collector = HTTPAnswerCollector { answer in
            opened.fail(
              SignalKError(refusalBy: server, answer: answer, tokenFile: tokenPath))
          }
          try channel.pipeline.syncOperations.addHandler(collector)
        }
      })
    // The greeting often comes in one packet with the upgrade's answer.
    configuration.leftOverBytesStrategy = .forwardBytes
    try channel.pipeline.syncOperations
      .configureUpgradableHTTPClientPipeline(configuration: configuration)
      .whenFailure { error in
        opened.fail(SignalKError(refusalBy: server, answer: .failure(error), tokenFile: nil))
      }
  }
}
