import NIOCore
import NIOHTTP1
import NIOPosix

/// Opens connections to a Signal K server and makes the head of a request for them.
struct HTTPConnector: Sendable {
  let judge: CertificateJudge
  var token: AccessToken?
  let eventLoop: any EventLoop

  var endpoint: SignalKEndpoint { judge.endpoint }

  /// Connects, and sets up the new channel on its event loop.
  ///
  /// - Parameters:
  ///   - path: What is asked for; the server's stream unless it is given.
  ///   - outcome: What the connection is for. Once that has failed, for example since time is up
  ///     or the task was cancelled, the channel is closed, however far it has come. It fails here
  ///     if the server's certificate is refused.
  ///   - setUp: Adds handlers; gets the request's head, which it sends itself.
  /// - Returns: Fails if there is no connection; what the answer is, `outcome` tells.
  func connect<Outcome>(
    for path: String? = nil, abandoning outcome: EventLoopPromise<Outcome>,
    setUp: @escaping @Sendable (any Channel, HTTPRequestHead) throws -> Void
  ) -> EventLoopFuture<Void> {
    let head = requestHead(path ?? endpoint.streamPath)
    return ClientBootstrap(group: eventLoop)
      .channelOption(.socketOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        outcome.futureResult.whenFailure { _ in channel.close(promise: nil) }
        return channel.eventLoop.makeSucceededVoidFuture()
      }
      .connect(host: endpoint.host, port: endpoint.port)
      .flatMapThrowing { channel in
        if endpoint.isEncrypted { try judge.encrypt(channel) { outcome.fail($0) } }
        try setUp(channel, head)
      }
  }

  private func requestHead(_ path: String) -> HTTPRequestHead {
    var headers: HTTPHeaders = ["Host": endpoint.hostHeader, "User-Agent": "busbar"]
    if let token { headers.add(name: "Authorization", value: token.authorization) }
    return HTTPRequestHead(version: .http1_1, method: .GET, uri: path, headers: headers)
  }
}
