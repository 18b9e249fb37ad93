import Logging
import NIOCore

/// Finds out where a server's stream is.
struct ServerLocator: Sendable {
  let address: SignalKServerAddress
  let trust: SignalKTrust
  /// Knows the servers that let us in before; they are asked before mDNS.
  let store: SignalKStateFile?
  let timing: SignalKTiming
  let eventLoop: any EventLoop
  let logger: Logger
  /// Where the last search ended.
  private var found: SignalKEndpoint?

  private static let mostRedirections = 3

  init(
    configuration: SignalKConfiguration, eventLoop: any EventLoop, logger: Logger
  ) {
    address = configuration.server
    trust = configuration.trust
    store = if case .request(let store, _) = configuration.access { store } else { nil }
    timing = configuration.timing
    self.eventLoop = eventLoop
    self.logger = logger
  }

  /// The stream's address, asked for anew each time: servers move and are replaced.
  ///
  /// - Throws: ``SignalKError`` if there is none.
  mutating func locate() async throws(SignalKError) -> SignalKEndpoint {
    switch address {
    case .at(let endpoint):
      return endpoint.isWebAddress ? try await stream(at: endpoint) : endpoint
    case .automatic(let search):
      let known = (try? store?.read().serversWithToken) ?? []
      for candidate in [search.local] + known + (found.map { [$0] } ?? []) {
        if let endpoint = try? await stream(at: candidate) { return remember(endpoint) }
        if Task.isCancelled { throw .noServerFound }
      }
      let services = await MDNSBrowser(target: search.mdns, timing: timing).signalKServers()
      for service in services {
        if let endpoint = try? await stream(at: service) { return remember(endpoint) }
      }
      throw .noServerFound
    }
  }

  private mutating func remember(_ endpoint: SignalKEndpoint) -> SignalKEndpoint {
    if endpoint != found {
      logger.notice("Found a Signal K server", metadata: ["server": "\(endpoint)"])
    }
    found = endpoint
    return endpoint
  }

  /// Follows a server's `/signalk`, and before that where the server redirects it to.
  private func stream(at start: SignalKEndpoint) async throws(SignalKError) -> SignalKEndpoint {
    var endpoint = start
    for _ in 0...Self.mostRedirections {
      let judge = CertificateJudge(endpoint: endpoint, trust: trust, logger: logger)
      let requester = HTTPRequester(
        connector: HTTPConnector(judge: judge, token: nil, eventLoop: eventLoop), timing: timing)
      let answer = try await requester.get(DiscoveryDocument.path)
      guard (300..<400).contains(answer.status) else {
        return try DiscoveryDocument.stream(in: answer, of: endpoint)
      }
      guard let location = answer.location,
        let next = try? SignalKEndpoint(parsing: location),
        next.host == endpoint.host, next.isEncrypted || !endpoint.isEncrypted
      else {
        throw .notSignalK(
          server: endpoint.description,
          reason: "it redirects to \((answer.location ?? "nowhere").quotable)")
      }
      endpoint = next
    }
    throw .notSignalK(server: start.description, reason: "it redirects too often")
  }
}
