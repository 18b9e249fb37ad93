import CZstd

/// A zstd decompressor that is used again and again.
@safe package struct ZstdDecompressor: ~Copyable {
  private let context: OpaquePointer

  package init() {
    guard let context = unsafe ZSTD_createDCtx() else { preconditionFailure("no memory for zstd") }
    unsafe self.context = context
  }

  deinit { unsafe ZSTD_freeDCtx(context) }

  /// Decompresses one zstd frame, which must hold exactly `count` bytes.
  ///
  /// - Parameters:
  ///   - bytes: Where the frame lies.
  ///   - range: The frame in it.
  ///   - count: The bytes that it holds.
  ///   - output: Its contents, replaced.
  /// - Throws: If it is no zstd frame, or holds another number of bytes.
  package borrowing func decompress(
    _ bytes: [UInt8], _ range: Range<Int>, count: Int, into output: inout [UInt8]
  ) throws(BlockError) {
    if output.count != count { output = [UInt8](repeating: 0, count: count) }
    let context = unsafe context
    let result = unsafe output.withUnsafeMutableBytes { output in
      unsafe bytes.withUnsafeBytes { bytes in
        let source = unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
        return unsafe ZSTD_decompressDCtx(
          context, output.baseAddress, output.count, source.baseAddress, source.count)
      }
    }
    guard ZSTD_isError(result) == 0 else {
      throw .compression(unsafe String(cString: ZSTD_getErrorName(result)))
    }
    guard result == count else { throw .compression("\(result) bytes instead of \(count)") }
  }
}
