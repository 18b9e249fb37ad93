import Hashing

/// The SHA-256 of a certificate in DER: what `openssl x509 -fingerprint -sha256` prints.
package struct CertificateFingerprint: Hashable, Sendable, CustomStringConvertible {
  /// 32 bytes.
  private let bytes: [UInt8]

  /// Reads 64 hex digits, with or without colons, in either case.
  ///
  /// - Throws: ``SignalKError/invalidFingerprint(_:)``.
  package init(parsing text: String) throws(SignalKError) {
    var digits = text[...]
    for prefix in ["sha256:", "SHA256:"] where digits.hasPrefix(prefix) {
      digits = digits.dropFirst(prefix.count)
    }
    let hex = digits.filter { $0 != ":" }.compactMap { $0.isASCII ? $0.hexDigitValue : nil }
    guard hex.count == 64, digits.utf8.allSatisfy({ $0 != 0x20 }),
      digits.filter({ $0 != ":" }).count == 64
    else { throw .invalidFingerprint(String(text.prefix(100)).quotable) }
    bytes = stride(from: 0, to: 64, by: 2).map { UInt8(hex[$0] << 4 | hex[$0 + 1]) }
  }

  /// The fingerprint of a certificate.
  ///
  /// - Parameter der: The certificate as it comes over the wire.
  init(ofCertificate der: [UInt8]) { bytes = SHA256.digest(of: der) }

  /// Pairs of hex digits with colons between, as browsers and openssl show it.
  package var description: String {
    bytes.map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return digits.count == 2 ? digits : "0\(digits)"
    }.joined(separator: ":")
  }
}
