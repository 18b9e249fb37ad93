/// Unpacks compressed data for a format that has them inside; this module links no library for it.
public protocol Inflating: Sendable {
  /// Unpacks one zlib stream, the form of RFC 1950.
  ///
  /// - Parameters:
  ///   - packed: The whole stream, with what may follow it.
  ///   - unpacked: What the data are appended to; also what came before an error.
  ///   - limit: How many bytes are appended at most.
  /// - Returns: How the stream ended.
  func inflate(
    _ packed: Span<UInt8>, into unpacked: inout [UInt8], limit: Int
  ) -> InflationOutcome
}

/// How unpacking a stream ended.
public enum InflationOutcome: Hashable, Sendable {
  /// The stream is whole, and its check sum is right.
  case complete
  /// The data end before the stream does, or are no such stream.
  case damaged
  /// There is more than was asked for.
  case limitReached
}
