import BusbarTestSupport
import Foundation
import Publishers
import Testing

@Suite("Encrypted connections", .timeLimit(.minutes(3)))
struct SignalKTLSTests {
  private static let zeros = String(repeating: "00", count: 32)

  private func server(
    in folder: TemporaryFolder
  ) async throws -> (server: StandInSignalKServer, fingerprint: String) {
    var settings = StandInSignalKSettings()
    let certificate = try await StandInCertificate(in: folder.url.path())
    settings.certificate = certificate
    return (try await StandInSignalKServer.start(settings), try await certificate.fingerprint())
  }

  private func refusal(of url: String, trust: SignalKTrust) async throws -> String {
    let endpoint = try SignalKEndpoint(parsing: url)
    let error = await #expect(throws: SignalKError.self) {
      _ = try await SignalKConnection.open(to: endpoint, tokenFile: nil, trust: trust)
    }
    return error.map { "\($0)" } ?? "connected"
  }

  @Test("publishes to a server whose certificate is pinned")
  func isPinned() async throws {
    let folder = try TemporaryFolder()
    let (server, fingerprint) = try await server(in: folder)
    let pin = try CertificateFingerprint(parsing: fingerprint)
    #expect(pin.description == fingerprint)
    try await withService(on: server, access: .open, trust: .pinned(pin)) { bench in
      try await bench.publish(13)
      #expect(bench.log.value.count == 1)
      #expect(server.state.value.model.meta.isEmpty == false)
    }
    await server.stop()
  }

  @Test("refuses another certificate than the pinned one, and shows both")
  func isMismatch() async throws {
    let folder = try TemporaryFolder()
    let (server, fingerprint) = try await server(in: folder)
    let pin = try CertificateFingerprint(parsing: Self.zeros)
    let refusal = try await refusal(of: server.url, trust: .pinned(pin))
    #expect(
      refusal == """
        \(server.url): the certificate is not the pinned one: expected sha256 \(pin), the server \
        shows sha256 \(fingerprint); if the server got a new certificate, pin that one
        """)
    #expect(server.state.value.upgradeRequests.isEmpty)
    await server.stop()
  }

  @Test("does not trust a certificate that nobody vouches for, and says how to pin it")
  func isUntrusted() async throws {
    let folder = try TemporaryFolder()
    let (server, fingerprint) = try await server(in: folder)
    try await withService(on: server, access: .open) { bench in
      let line = try await bench.waitForLine("Not connected")
      #expect(
        line.hasSuffix(
          """
          reason=\(server.url): the certificate is not trusted: nobody whom this system trusts \
          signed it; if it is the server's own, pin its sha256 \(fingerprint)
          """))
    }
    #expect(server.state.value.upgradeRequests.isEmpty)
    await server.stop()
  }

  @Test("trusts the first certificate where the user wants that, and then no other")
  func trustsFirst() async throws {
    let folder = try TemporaryFolder()
    let state = SignalKStateFile(folder: folder.url.appending(path: "state").path())
    let (server, fingerprint) = try await server(in: folder)
    for round in 0..<2 {
      try await withService(on: server, access: .open, trust: .firstUse(state)) { bench in
        try await bench.publish(13 + Double(round))
        let told = bench.log.value.filter { $0.contains("Trusting the certificate") }
        #expect(told.count == (round == 0 ? 1 : 0))
        #expect(told.allSatisfy { $0.contains(fingerprint) })
      }
    }
    let other = try await StandInCertificate(in: folder.url.path(), for: "other")
    server.state.change { $0.settings.certificate = other }
    let refusal = try await refusal(of: server.url, trust: .firstUse(state))
    #expect(refusal.contains("expected sha256 \(fingerprint)"))
    #expect(refusal.contains("shows sha256 \(try await other.fingerprint())"))
    await server.stop()
  }

  @Test("says that a server does not speak TLS")
  func isNotEncrypted() async throws {
    let server = try await StandInSignalKServer.start()
    let url = server.url.replacing("ws://", with: "wss://")
    let refusal = try await refusal(of: url, trust: .system)
    #expect(refusal.hasPrefix("\(url): "))
    #expect(refusal.contains("TLS") || refusal.contains("encryption"), "\(refusal)")
    await server.stop()
  }

  @Test("says that a server wants TLS")
  func wantsTLS() async throws {
    let folder = try TemporaryFolder()
    let (server, _) = try await server(in: folder)
    let url = server.url.replacing("wss://", with: "ws://")
    #expect(try await refusal(of: url, trust: .system).hasPrefix(url))
    await server.stop()
  }

  @Test(
    "reads a fingerprint as openssl and browsers write it",
    arguments: [zeros, "sha256:" + zeros, "00:" + String(repeating: "00:", count: 30) + "00"])
  func readsFingerprint(text: String) throws {
    let expected = try CertificateFingerprint(parsing: Self.zeros)
    #expect(try CertificateFingerprint(parsing: text) == expected)
  }

  @Test(
    "refuses what is no fingerprint", arguments: ["", "00", zeros + "0", "g" + zeros.dropFirst()])
  func refusesFingerprint(text: String) {
    #expect(throws: SignalKError.self) { try CertificateFingerprint(parsing: text) }
  }
}
