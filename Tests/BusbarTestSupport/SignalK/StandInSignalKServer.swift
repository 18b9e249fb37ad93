import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

/// A server on this machine that treats its clients as the reference Signal K server does.
///
/// It speaks the REST API and the stream, keeps what it is sent by the same rules, and has every
/// fault that a client must survive. It cannot show that server's timing and its Primus quirks.
package final class StandInSignalKServer: Sendable {
  private struct Listener {
    var channel: (any Channel)?
    var port = 0
  }

  /// What it knows and how it behaves; tests read it, change it and wait for it.
  package let state: Watched<StandInState>
  private let listener = Watched(Listener())

  private let host: String

  private init(_ settings: StandInSignalKSettings, host: String) {
    self.host = host
    state = Watched(StandInState(settings: settings))
  }

  /// Starts a server on a free port of 127.0.0.1, unless another address of this machine is given.
  package static func start(
    _ settings: StandInSignalKSettings = .init(), host: String = "127.0.0.1"
  ) async throws -> StandInSignalKServer {
    let server = StandInSignalKServer(settings, host: host)
    try await server.listen()
    return server
  }

  /// Where it listens, the same after a restart.
  package var port: Int { listener.value.port }

  /// The address for a client.
  package var url: String {
    let settings = state.value.settings
    return "ws\(settings.certificate == nil ? "" : "s")://127.0.0.1:\(port)\(settings.prefix)"
  }

  /// The address for a browser.
  package var webURL: String { "http" + url.dropFirst(2) }

  /// Ends the server and all its connections.
  package func stop() async {
    try? await listener.value.channel?.close().get()
    for socket in state.value.sockets.values { try? await socket.channel.close().get() }
  }

  /// Starts to listen again after ``stop()``, as a new process that knows only what was stored.
  package func startAgain() async throws {
    state.change { $0.start() }
    try await listen()
  }

  /// Drops all connections, is away for a while, and comes back as a new process.
  package func restart(away: Duration = .zero) async throws {
    await stop()
    try await Task.sleep(for: away)
    try await startAgain()
  }

  private func listen() async throws {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { self.configure($0) }
      .bind(host: host, port: port).get()
    listener.change { $0 = Listener(channel: channel, port: channel.localAddress?.port ?? 0) }
  }

  private func configure(_ channel: any Channel) -> EventLoopFuture<Void> {
    let upgrader = NIOWebSocketServerUpgrader(
      maxFrameSize: 10 << 20, shouldUpgrade: { self.upgradeHeaders($0, $1) },
      upgradePipelineHandler: { channel, head in
        channel.eventLoop.makeCompletedFuture {
          let interval = self.state.value.settings.pingInterval
          try channel.pipeline.syncOperations.addHandlers([
            NIOWebSocketFrameAggregator(
              minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 1000,
              maxAccumulatedFrameSize: 10 << 20),
            StandInStreamHandler(server: self, head: head, pingInterval: TimeAmount(interval)),
          ])
        }
      })
    return channel.eventLoop.makeCompletedFuture {
      if let certificate = self.state.value.settings.certificate {
        try channel.pipeline.syncOperations.addHandler(
          NIOSSLServerHandler(context: certificate.context()))
      }
      try channel.pipeline.syncOperations.configureHTTPServerPipeline(
        withServerUpgrade: (
          upgraders: [upgrader],
          completionHandler: { context in
            context.pipeline.syncOperations.removeHandler(name: "rest", promise: nil)
          }
        ))
      try channel.pipeline.syncOperations.addHandler(
        StandInHTTPHandler(server: self), name: "rest")
    }
  }

  /// Lets in whom the server lets in; everybody else is answered as a plain request.
  private func upgradeHeaders(
    _ channel: any Channel, _ head: HTTPRequestHead
  ) -> EventLoopFuture<HTTPHeaders?> {
    let (isWelcome, delay) = state.change { state in
      let path = head.uri.split(separator: "?").first ?? ""
      if !state.settings.isForgetful {
        state.upgradeRequests.append((head.uri, head.headers.first(name: "Authorization")))
      }
      let visitor = state.settings.security.visitor(with: head.token)
      let isRefused = if case .refused = visitor { true } else { false }
      return (
        path == state.settings.prefix + "/signalk/v1/stream" && !isRefused
          && state.settings.answers[String(path)] == nil
          && state.sockets.count < state.settings.mostSockets,
        state.settings.upgradeDelay
      )
    }
    let headers: HTTPHeaders? = isWelcome ? [:] : nil
    guard let delay else { return channel.eventLoop.makeSucceededFuture(headers) }
    return channel.eventLoop.scheduleTask(in: TimeAmount(delay)) { headers }.futureResult
  }
}

extension TimeAmount {
  init(_ duration: Duration) {
    self = .nanoseconds(
      duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000)
  }
}
