import NIOCore

extension HTTPConnector {
  /// The fingerprint of the certificate that the server shows, whatever it is worth; for a message.
  func shownCertificate() async -> CertificateFingerprint? {
    // No certificate has this fingerprint, so that no request is ever sent.
    let nobody = CertificateFingerprint(ofCertificate: [])
    let curious = HTTPConnector(
      judge: CertificateJudge(endpoint: endpoint, trust: .pinned(nobody)), token: nil,
      eventLoop: eventLoop)
    do throws(SignalKError) {
      _ = try await HTTPRequester(connector: curious, timing: .init()).get(DiscoveryDocument.path)
      return nil
    } catch .certificateMismatch(_, _, let seen) {
      return seen
    } catch {
      return nil
    }
  }
}
