import NIOSSL

extension SignalKError {
  /// What a failed handshake means to the user; `nil` if the error is of another kind.
  init?(handshakeWith server: String, failing error: any Error) {
    switch error {
    case NIOSSLError.handshakeFailed(let cause):
      let text = "\(cause)"
      if text.contains("CERTIFICATE_VERIFY_FAILED") {
        self = .untrustedCertificate(
          server: server, reason: "nobody whom this system trusts signed it", seen: nil)
      } else if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
        self = .notEncrypted(server: server)
      } else {
        self = .cannotConnect(server: server, reason: "no encryption came about: \(text.quotable)")
      }
    case is NIOSSLExtraError:
      self = .untrustedCertificate(
        server: server, reason: "it is for another name or address", seen: nil)
    case is NIOSSLError, is BoringSSLError:
      self = .cannotConnect(
        server: server, reason: "no encryption came about: \("\(error)".quotable)")
    default: return nil
    }
  }
}
