import CANFrames

/// The bytes of a log as they are read, unpacked if they are compressed.
///
/// Found out from the first bytes, so that names do not matter. Compressed files that were put
/// together one behind the other are unpacked one behind the other. Each step gives a bounded
/// piece, however well the data are compressed.
struct LogUnpacker: ~Copyable, Sendable {
  /// A piece of the log.
  enum Piece: Hashable, Sendable {
    /// This part of ``LogUnpacker/packed``, which is not compressed.
    case plain(Range<Int>)
    /// So many bytes of ``LogUnpacker/unpacked``.
    case unpacked(Int)
    /// Nothing before more was read.
    case none
  }

  private enum Mode: Hashable, Sendable {
    case undecided
    case plain
    case compressed
    /// What follows cannot be unpacked.
    case broken
  }

  private static let pieceSize = 256 << 10

  /// What was read from the file; its owner fills it from ``end`` on.
  var packed = [UInt8](repeating: 0, count: pieceSize)
  private(set) var unpacked: [UInt8] = []
  /// Where the next bytes are read to.
  private(set) var end = 0
  /// How the log is compressed; `nil` also as long as that is not known.
  private(set) var compression: Compression?
  /// What could not be unpacked.
  private(set) var rejections = RejectionTally()

  private var mode = Mode.undecided
  private var start = 0
  /// Where `start` is in the file.
  private var offset = 0
  private var gzip: ZlibDecoder?
  private var zstd: ZstdDecoder?
  private var streamCount = 0
  private var isInStream = false
  /// Whether something came out of the stream that is unpacked.
  private var hasData = false
  private var mayHoldMore = false

  /// Whether ``next()`` has something to work on without more being read.
  var hasPending: Bool { mode == .compressed && (start < end || mayHoldMore) }

  /// Takes note of bytes that were put into ``packed``.
  mutating func add(_ count: Int) { end += count }

  /// The next piece; call until there is none, then read more.
  ///
  /// - Parameter isAtEnd: Whether nothing more can be read.
  /// - Returns: Where the piece is.
  mutating func next(isAtEnd: Bool) -> Piece {
    if mode == .undecided { decide(isAtEnd: isAtEnd) }
    switch mode {
    case .undecided: return .none
    case .plain:
      defer { discard(upTo: end) }
      return start < end ? .plain(start..<end) : .none
    case .broken:
      discard(upTo: end)
      return .none
    case .compressed: return unpackNext()
    }
  }

  /// Says so if the log ends in the middle of a compressed stream.
  mutating func finish() {
    guard mode == .compressed, isInStream else { return }
    reject(.compressionCut)
    mode = .broken
  }

  private mutating func decide(isAtEnd: Bool) {
    guard end >= Compression.signatureLength || isAtEnd else { return }
    compression = Compression(signature: packed.span.extracting(start..<end))
    switch compression {
    case .gzip: gzip = ZlibDecoder(.gzip)
    case .zstd: zstd = ZstdDecoder()
    case nil:
      mode = .plain
      return
    }
    mode = .compressed
    unpacked = [UInt8](repeating: 0, count: Self.pieceSize)
  }

  private mutating func unpackNext() -> Piece {
    // Zeros between streams are padding, as of a tape.
    if !isInStream {
      var position = start
      while position < end, packed[position] == 0 { position += 1 }
      discard(upTo: position)
      guard start < end else { return .none }
      streamCount += 1
      hasData = false
    }
    var position = start
    let (count, outcome) = decode(&position)
    hasData = hasData || count > 0
    isInStream = outcome != .ended
    mayHoldMore = isInStream && count == unpacked.count
    let isStuck = count == 0 && position == start && start < end && outcome == .open
    if outcome == .damaged || isStuck {
      let isTrailer = streamCount > 1 && !hasData
      reject(isTrailer ? .compressionTrailer : .compressionDamaged)
      mode = .broken
    }
    discard(upTo: position)
    return count > 0 ? .unpacked(count) : .none
  }

  private mutating func decode(
    _ position: inout Int
  ) -> (count: Int, outcome: DecodingOutcome) {
    let packed = packed
    let bytes = packed.span.extracting(0..<end)
    return gzip?.decode(bytes, &position, into: &unpacked)
      ?? zstd?.decode(bytes, &position, into: &unpacked) ?? (0, .damaged)
  }

  private mutating func discard(upTo position: Int) {
    offset += position - start
    start = position
    if start == end { (start, end) = (0, 0) }
  }

  private mutating func reject(_ reason: LineRejection.Reason) {
    let packed = packed
    rejections.add(
      reason, record: streamCount, offset: offset, bytes: packed.span.extracting(start..<end))
  }
}
