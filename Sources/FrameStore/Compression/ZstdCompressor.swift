import CZstd

/// A zstd compressor that is used again and again.
@safe package struct ZstdCompressor: ~Copyable {
  private let context: OpaquePointer
  private var buffer: [UInt8] = []

  /// - Parameter level: 1 (fast) to 19 (small).
  package init(level: Int) {
    guard let context = unsafe ZSTD_createCCtx() else { preconditionFailure("no memory for zstd") }
    unsafe self.context = context
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, CInt(level))
  }

  deinit { unsafe ZSTD_freeCCtx(context) }

  /// Appends `bytes` to `output` as one zstd frame.
  ///
  /// - Parameters:
  ///   - bytes: What to compress.
  ///   - cuts: Where to begin a new block inside, ascending: bytes of another distribution begin
  ///     there, which then have Huffman codes of their own.
  ///   - output: Where it goes.
  /// - Returns: How many bytes were appended.
  package mutating func compress(_ bytes: [UInt8], cuts: [Int] = [], to output: inout [UInt8])
    -> Int
  {
    // Each cut costs a block's head at most.
    let bound = ZSTD_compressBound(bytes.count) + 32 * (cuts.count + 1)
    if buffer.count < bound { buffer = [UInt8](repeating: 0, count: bound) }
    let context = unsafe context
    let written = unsafe buffer.withUnsafeMutableBytes { buffer in
      unsafe bytes.withUnsafeBytes { bytes in
        unsafe ZSTD_CCtx_reset(context, ZSTD_reset_session_only)
        unsafe ZSTD_CCtx_setPledgedSrcSize(context, UInt64(bytes.count))
        var target = unsafe ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
        var source = unsafe ZSTD_inBuffer(src: bytes.baseAddress, size: 0, pos: 0)
        for cut in cuts where cut < bytes.count {
          unsafe source.size = cut
          let rest = unsafe ZSTD_compressStream2(context, &target, &source, ZSTD_e_flush)
          unsafe precondition(rest == 0 && source.pos == source.size, "zstd did not compress")
        }
        unsafe source.size = bytes.count
        let rest = unsafe ZSTD_compressStream2(context, &target, &source, ZSTD_e_end)
        // The buffer is large enough for anything, so it can only be done.
        precondition(rest == 0, "zstd did not compress")
        return unsafe target.pos
      }
    }
    output.append(contentsOf: buffer[..<written])
    return written
  }
}
