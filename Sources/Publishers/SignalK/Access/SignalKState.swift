/// What has to be remembered of Signal K servers between two runs.
struct SignalKState: Hashable, Sendable, Codable {
  /// What is remembered of one server.
  struct Server: Hashable, Sendable, Codable {
    /// What proves that we may write.
    var token: String?
    /// Where the answer to our request for access can be found, such as `/signalk/v1/requests/1`.
    var request: String?
    /// The fingerprint of the certificate that the server showed first.
    var certificate: String?
  }

  /// Our name for ourselves, a UUID that is made once; all servers see the same.
  var clientId: String?
  /// By the server's address.
  private var servers: [String: Server] = [:]

  /// More than anybody has; the rest of a crowd is not remembered.
  private static let mostServers = 32

  subscript(endpoint: SignalKEndpoint) -> Server {
    get { servers[endpoint.description] ?? Server() }
    set {
      let key = endpoint.description
      guard servers[key] != nil || servers.count < Self.mostServers else { return }
      servers[key] = newValue == Server() ? nil : newValue
    }
  }

  /// The addresses of servers that gave us a token, in a fixed order.
  var serversWithToken: [SignalKEndpoint] {
    servers.filter { $0.value.token != nil }.keys.sorted()
      .compactMap { try? SignalKEndpoint(parsing: $0) }
  }
}
