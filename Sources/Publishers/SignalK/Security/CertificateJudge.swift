import Logging
import NIOCore
import NIOSSL

/// Decides on a server's certificate, and adds encryption to a channel.
struct CertificateJudge: Sendable {
  let endpoint: SignalKEndpoint
  let trust: SignalKTrust
  var logger: Logger?

  /// One for all connections: to read the system's certificates takes a while.
  private static let context = Result {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    return try NIOSSLContext(configuration: configuration)
  }

  /// Makes a channel speak TLS.
  ///
  /// - Parameters:
  ///   - channel: New, on its event loop.
  ///   - refuse: Called with the reason before a handshake fails because of the certificate.
  /// - Throws: What the TLS library says if it cannot start.
  func encrypt(
    _ channel: any Channel, refuse: @escaping @Sendable (SignalKError) -> Void
  ) throws {
    let context = try Self.context.get()
    // The server name of TLS is a name; an address is checked against the certificate without it.
    let name = endpoint.isAddress ? nil : endpoint.host
    guard trust != .system else {
      try channel.pipeline.syncOperations.addHandler(
        NIOSSLClientHandler(context: context, serverHostname: name))
      return
    }
    let handler = try NIOSSLClientHandler(
      context: context, serverHostname: name,
      customVerificationCallback: { certificates, verdict in
        if let error = objection(to: certificates.first) {
          refuse(error)
          verdict.succeed(.failed)
        } else {
          verdict.succeed(.certificateVerified)
        }
      })
    try channel.pipeline.syncOperations.addHandler(handler)
  }

  private func objection(to certificate: NIOSSLCertificate?) -> SignalKError? {
    let server = endpoint.description
    guard let der = try? certificate?.toDERBytes() else {
      return .cannotConnect(server: server, reason: "the server shows no certificate")
    }
    let seen = CertificateFingerprint(ofCertificate: der)
    let expected: CertificateFingerprint
    switch trust {
    case .system: return nil
    case .pinned(let fingerprint): expected = fingerprint
    case .firstUse(let store):
      do throws(SignalKError) {
        expected = try remembered(seen, in: store)
      } catch {
        return error
      }
    }
    return seen == expected
      ? nil : .certificateMismatch(server: server, expected: expected, seen: seen)
  }

  /// The certificate that this server showed first, which may be now.
  private func remembered(
    _ seen: CertificateFingerprint, in store: SignalKStateFile
  ) throws(SignalKError) -> CertificateFingerprint {
    if let text = try store.read()[endpoint].certificate {
      return try CertificateFingerprint(parsing: text)
    }
    try store.change { $0[endpoint].certificate = seen.description }
    logger?.notice(
      "Trusting the certificate that the Signal K server shows now, and no other from now on",
      metadata: ["server": "\(endpoint)", "sha256": "\(seen)"])
    return seen
  }
}
