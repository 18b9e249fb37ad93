import Foundation
import NIOSSL

/// A certificate that `openssl` made for a test, signed by itself as a Signal K server's is.
package struct StandInCertificate: Hashable, Sendable {
  /// The certificate's file, PEM.
  package let path: String
  private let keyPath: String

  /// Makes one in a folder.
  ///
  /// - Parameters:
  ///   - folder: Has to exist.
  ///   - name: Of the files, and of the host that the certificate is for.
  /// - Throws: ``CommandFailed`` if `openssl` is missing or fails.
  package init(in folder: String, for name: String = "localhost") async throws {
    path = "\(folder)/\(name).pem"
    keyPath = "\(folder)/\(name).key"
    _ = try await Self.openssl([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-keyout", keyPath, "-out", path, "-days", "30", "-subj", "/CN=\(name)",
      "-addext", "subjectAltName=DNS:\(name),IP:127.0.0.1",
    ])
  }

  /// The SHA-256 as `openssl` prints it, pairs of hex digits with colons.
  package func fingerprint() async throws -> String {
    let output = try await Self.openssl(["x509", "-in", path, "-noout", "-fingerprint", "-sha256"])
    return output.split(separator: "=").last.map { $0.trimmingCharacters(in: .newlines) } ?? ""
  }

  func context() throws -> NIOSSLContext {
    let chain = try NIOSSLCertificate.fromPEMFile(path)
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(file: keyPath, format: .pem))))
  }

  private static func openssl(_ arguments: [String]) async throws -> String {
    let words = arguments.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try await Command.shell("openssl \(words)")
    guard outcome.status == 0 else { throw CommandFailed(text: outcome.errors) }
    return outcome.output
  }
}

/// A program that a test needs has failed.
package struct CommandFailed: Error, CustomStringConvertible {
  /// What it said.
  package var text: String
  package var description: String { text }
}
