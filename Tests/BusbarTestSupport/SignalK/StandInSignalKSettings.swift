/// How a ``StandInSignalKServer`` behaves.
package struct StandInSignalKSettings: Sendable {
  /// Who may read and write.
  package var security = StandInSecurity()
  /// Between two pings to a client, which has to answer before the next one.
  package var pingInterval: Duration = .seconds(30)
  /// For a client's answer to a forwarded PUT request.
  package var putTimeout: Duration = .seconds(60)
  /// Before an upgrade is answered.
  package var upgradeDelay: Duration?
  /// More sockets than these are refused with 429.
  package var mostSockets = 30
  /// What a proxy wants before every path, such as `/boat`.
  package var prefix = ""
  /// An older server has no `serverStartId`, tells no user level and leaves notifications alone.
  package var isOldServer = false
  /// How far the server's clock is ahead, in seconds.
  package var clockOffset = 0.0
  /// What the user has edited in the server: meta that it loads at each start, by path.
  package var storedMeta: [String: JSONValue] = [:]
  /// Whether devices may ask for access.
  package var takesDeviceRequests = true
  /// More waiting requests than these are refused with 503.
  package var mostAccessRequests = 100
  /// Speaks TLS with this certificate.
  package var certificate: StandInCertificate?
  /// What stands for the host and the port in the document at `/signalk`, as behind a bad proxy.
  package var advertisedHost: String?
  /// Keeps no record of what clients send, so that a long test does not fill the memory.
  package var isForgetful = false
  /// Paths that are answered with a status of their own, whoever asks.
  package var answers: [String: StandInAnswer] = [:]

  /// A server without security and without faults.
  package init() {}
}

/// An HTTP answer.
package struct StandInAnswer: Hashable, Sendable {
  /// As in `404`.
  package var status: Int
  /// The `Content-Type`.
  package var type: String
  /// The body.
  package var body: String

  /// Any answer.
  package init(status: Int, type: String, body: String) {
    self.status = status
    self.type = type
    self.body = body
  }

  /// A text.
  package static func text(_ status: Int, _ body: String) -> Self {
    Self(status: status, type: "text/plain; charset=utf-8", body: body)
  }

  /// A JSON document.
  package static func json(_ status: Int, _ body: JSONValue) -> Self {
    Self(status: status, type: "application/json; charset=utf-8", body: body.json)
  }
}
