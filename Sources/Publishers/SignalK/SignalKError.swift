/// Why nothing reaches a Signal K server: one case for each thing its user can put right.
package enum SignalKError: Error, Hashable, Sendable {
  /// A battery's id has other characters than letters and digits, or is one of the server's words.
  case invalidBatteryId(String)
  /// The first half of `$source` has other characters than letters and digits.
  case invalidSourceLabel(String)
  /// A nominal voltage that no battery has.
  case invalidNominalVoltage(Double)
  /// What stands where `stdout` or a server's address should be.
  case invalidURL(String, reason: String)
  /// What stands where a certificate's fingerprint should be.
  case invalidFingerprint(String)
  /// The file that should hold the access token cannot be used.
  case unusableTokenFile(path: String, problem: TokenFile.Problem)
  /// What has to be remembered between two runs cannot be read or kept.
  case unusableState(path: String, reason: String)
  /// Nobody can connect to us, since we cannot listen.
  case cannotListen(address: String, reason: String)

  /// A search found no server on this machine and on its networks.
  case noServerFound
  /// No TCP connection came about.
  case cannotConnect(server: String, reason: String)
  /// The server took the connection and said nothing.
  case noAnswer(server: String, seconds: Double)
  /// The server refuses the token, or wants one.
  case accessRefused(server: String, status: Int, reason: String, tokenFile: String?)
  /// The server does not take the token any more that it once gave us.
  case accessWithdrawn(server: String, status: Int, reason: String)
  /// The server shows another certificate than the one that was pinned.
  case certificateMismatch(
    server: String, expected: CertificateFingerprint, seen: CertificateFingerprint)
  /// Nobody vouches for the server's certificate.
  case untrustedCertificate(server: String, reason: String, seen: CertificateFingerprint?)
  /// The server does not speak TLS on this port.
  case notEncrypted(server: String)
  /// More connections from this address than the server allows.
  case tooManyConnections(server: String)
  /// Something answers, but not with a Signal K stream.
  case notSignalK(server: String, reason: String)

  /// The server ended a connection that stood.
  case closedByServer(server: String, reason: String)
  /// A connection stood, and then no sign of life came for too long.
  case silent(server: String, seconds: Double)
  /// A connection broke.
  case connectionLost(server: String, reason: String)
}

extension SignalKError: CustomStringConvertible {
  /// One line: where, what is wrong, and what would be right or what to do.
  package var description: String {
    switch self {
    case .invalidBatteryId(let id):
      """
      battery id '\(id)': Signal K allows only letters and digits, and none of its own words \
      such as 'meta' or 'value'; write something like 'house'
      """
    case .invalidSourceLabel(let label):
      "source label '\(label)': only letters and digits are allowed; write something like 'busbar'"
    case .invalidNominalVoltage(let voltage):
      "nominal voltage \(voltage): expected a positive number of volts, such as 12.8"
    case .invalidURL(let text, let reason):
      """
      Signal K destination '\(text)': \(reason); write 'auto', ws://HOST:3000, wss://HOST:3443, \
      listen:ADDRESS:10112 or 'stdout'
      """
    case .invalidFingerprint(let text):
      """
      certificate fingerprint '\(text)': expected the 64 hex digits of a SHA-256, as \
      'openssl x509 -fingerprint -sha256' prints them
      """
    case .unusableTokenFile(let path, let problem):
      "token file \(path): \(problem)"
    case .unusableState(let path, let reason):
      "state file \(path): \(reason)"
    case .cannotListen(let address, let reason):
      "\(address): cannot listen: \(reason)"
    case .noServerFound:
      """
      no Signal K server on port 3000 of this machine, and none announced by mDNS; \
      write its address, such as ws://HOST:3000
      """
    case .cannotConnect(let server, let reason):
      "\(server): cannot connect: \(reason)"
    case .noAnswer(let server, let seconds):
      "\(server): no answer within \(Self.text(seconds)) s; is it a Signal K server?"
    case .accessRefused(let server, let status, let reason, let tokenFile?):
      """
      \(server): the server refuses the token in \(tokenFile) (\(status): \(reason)); \
      put a valid token into that file
      """
    case .accessRefused(let server, let status, let reason, nil):
      """
      \(server): the server wants a token (\(status): \(reason)); \
      name a file that holds one
      """
    case .accessWithdrawn(let server, let status, let reason):
      """
      \(server): the server no longer takes the token that it gave us (\(status): \(reason)); \
      asking for another
      """
    case .certificateMismatch(let server, let expected, let seen):
      """
      \(server): the certificate is not the pinned one: expected sha256 \(expected), the server \
      shows sha256 \(seen); if the server got a new certificate, pin that one
      """
    case .untrustedCertificate(let server, let reason, let seen):
      """
      \(server): the certificate is not trusted: \(reason)\
      \(seen.map { "; if it is the server's own, pin its sha256 \($0)" } ?? "")
      """
    case .notEncrypted(let server):
      "\(server): the server does not speak TLS on this port; write ws:// or another port"
    case .tooManyConnections(let server):
      "\(server): too many connections from this address (429); end other clients on this host"
    case .notSignalK(let server, let reason):
      "\(server): not a Signal K server: \(reason); check host, port and path"
    case .closedByServer(let server, let reason):
      "\(server): the server closed the connection: \(reason)"
    case .silent(let server, let seconds):
      "\(server): no sign of life for \(Self.text(seconds)) s"
    case .connectionLost(let server, let reason):
      "\(server): the connection broke: \(reason)"
    }
  }

  private static func text(_ seconds: Double) -> String {
    seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds)
  }
}

extension SignalKError {
  /// Whether what the user wrote is wrong, and not what the outside did.
  package var isSetting: Bool {
    switch self {
    case .invalidBatteryId, .invalidSourceLabel, .invalidNominalVoltage, .invalidURL,
      .invalidFingerprint, .unusableTokenFile, .unusableState:
      true
    case .cannotListen, .noServerFound, .cannotConnect, .noAnswer, .accessRefused, .accessWithdrawn,
      .certificateMismatch, .untrustedCertificate, .notEncrypted, .tooManyConnections, .notSignalK,
      .closedByServer, .silent, .connectionLost:
      false
    }
  }
}
