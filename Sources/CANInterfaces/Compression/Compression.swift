/// How the bytes of a log are compressed.
package enum Compression: Hashable, Sendable {
  case gzip
  case zstd

  /// How many bytes at the beginning of a file tell whether it is compressed.
  static let signatureLength = 4

  /// The compression of a file that begins like this; `nil` if it is not compressed.
  init?(signature: Span<UInt8>) {
    func begins(_ expected: [UInt8]) -> Bool {
      signature.count >= expected.count
        && expected.indices.allSatisfy { signature[$0] == expected[$0] }
    }
    if begins([0x1F, 0x8B]) {
      self = .gzip
    } else if begins([0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstd
    } else {
      return nil
    }
  }

  /// The compression that a file's name asks for, and the name without it; `nil` for none.
  package static func asked(by path: String) -> (compression: Compression, rest: String)? {
    for (suffix, compression) in [(".gz", Compression.gzip), (".zst", .zstd), (".zstd", .zstd)]
    where path.hasSuffix(suffix) {
      return (compression, String(path.dropLast(suffix.count)))
    }
    return nil
  }
}
