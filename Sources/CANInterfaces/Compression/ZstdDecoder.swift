import CZstd

/// Unpacks Zstandard frames with libzstd, which refuses windows of more than 128 MiB.
@safe struct ZstdDecoder: StreamDecoder, ~Copyable {
  /// Used by its owner alone.
  private nonisolated(unsafe) let context: OpaquePointer
  private var stepSize = 1

  init() {
    guard let context = unsafe ZSTD_createDCtx() else { preconditionFailure("zstd has no memory") }
    unsafe self.context = context
  }

  deinit { unsafe ZSTD_freeDCtx(context) }

  mutating func decode(
    _ packed: Span<UInt8>, _ position: inout Int, into unpacked: inout [UInt8]
  ) -> (count: Int, outcome: DecodingOutcome) {
    var count = 0
    while true {
      let size = min(stepSize, packed.count - position)
      let (taken, given, status) = step(
        packed.extracting(position..<position + size), into: &unpacked, at: count)
      position += taken
      count += given
      if ZSTD_isError(status) != 0 { return (count, .damaged) }
      stepSize = Self.stepSize(hint: status)
      if status == 0 { return (count, .ended) }
      if position == packed.count || count == unpacked.count || (taken == 0 && given == 0) {
        return (count, .open)
      }
    }
  }

  /// How much to give next, so that the last byte of a header or of a block comes alone.
  ///
  /// zstd does not say what came out of a call that failed, and errors are found with that byte. So
  /// every block before the damage is kept, and the data are not judged by how they come. The hint
  /// counts what is missing of this block, and the header of the next one.
  private static func stepSize(hint: Int) -> Int {
    let blockHeaderSize = 3
    return max(hint - blockHeaderSize - 1, 1)
  }

  private func step(
    _ packed: Span<UInt8>, into unpacked: inout [UInt8], at start: Int
  ) -> (taken: Int, given: Int, status: Int) {
    unsafe packed.withUnsafeBytes { packed in
      unsafe unpacked.withUnsafeMutableBytes { unpacked in
        var input = unsafe ZSTD_inBuffer(src: packed.baseAddress, size: packed.count, pos: 0)
        var output = unsafe ZSTD_outBuffer(
          dst: unpacked.baseAddress, size: unpacked.count, pos: start)
        let status = unsafe ZSTD_decompressStream(context, &output, &input)
        return unsafe (input.pos, output.pos - start, status)
      }
    }
  }
}
