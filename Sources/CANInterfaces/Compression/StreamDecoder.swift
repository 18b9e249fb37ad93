/// How a step of unpacking ended.
enum DecodingOutcome: Hashable, Sendable {
  /// There may be more.
  case open
  /// A whole stream was unpacked; another one may follow.
  case ended
  /// The data are no such stream, or damaged.
  case damaged
}

/// Unpacks compressed streams, one after the other, in steps of bounded size.
protocol StreamDecoder: ~Copyable, Sendable {
  /// Unpacks from `packed` into `unpacked`, until one of them is used up or the stream ends.
  ///
  /// - Parameters:
  ///   - packed: Compressed data.
  ///   - position: Where to begin; moves behind what was taken.
  ///   - unpacked: Where the data go, from its beginning.
  /// - Returns: How many bytes were unpacked, and how it ended.
  mutating func decode(
    _ packed: Span<UInt8>, _ position: inout Int, into unpacked: inout [UInt8]
  ) -> (count: Int, outcome: DecodingOutcome)
}
