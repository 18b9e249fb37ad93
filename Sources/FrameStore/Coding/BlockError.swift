/// Why a block cannot be read.
package enum BlockError: Error, Hashable, Sendable, CustomStringConvertible {
  /// It ends too early.
  case truncated
  /// Its bytes mean nothing; the text says which.
  case malformed(String)
  /// zstd refuses it, in its own words.
  case compression(String)
  /// It was written by a newer program.
  case newerFormat(Int)

  package var description: String {
    switch self {
    case .truncated: "it ends too early"
    case .malformed(let what): what
    case .compression(let words): "it does not decompress: \(words)"
    case .newerFormat(let version):
      "it has format \(version), and this program reads \(BlockDirectory.formatVersion)"
    }
  }
}
