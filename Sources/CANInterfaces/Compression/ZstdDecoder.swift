import CZstd

/// Unpacks Zstandard frames with libzstd, which refuses windows of more than 128 MiB.
@safe struct ZstdDecoder: StreamDecoder, ~Copyable {
  /// Used by its owner alone.
  private nonisolated(unsafe) let context: OpaquePointer

  init() {
    guard let context = unsafe ZSTD_createDCtx() else { preconditionFailure("zstd has no memory") }
    unsafe self.context = context
  }

  deinit { unsafe ZSTD_freeDCtx(context) }

  mutating func decode(
    _ packed: Span<UInt8>, _ position: inout Int, into unpacked: inout [UInt8]
  ) -> (count: Int, outcome: DecodingOutcome) {
    let start = position
    var count = 0
    let status = unsafe packed.withUnsafeBytes { packed in
      unsafe unpacked.withUnsafeMutableBytes { unpacked in
        var input = unsafe ZSTD_inBuffer(src: packed.baseAddress, size: packed.count, pos: start)
        var output = unsafe ZSTD_outBuffer(dst: unpacked.baseAddress, size: unpacked.count, pos: 0)
        let status = unsafe ZSTD_decompressStream(context, &output, &input)
        position = unsafe input.pos
        count = unsafe output.pos
        return status
      }
    }
    if ZSTD_isError(status) != 0 { return (count, .damaged) }
    return (count, status == 0 ? .ended : .open)
  }
}
