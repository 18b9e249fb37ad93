import CZlib
import CZstd

/// Compresses a log piece by piece.
///
///     let packer = LogPacker(.zstd)
///     packer.pack(text.span, into: &packed)    // as often as there is something
///     packer.finish(into: &packed)             // once
package final class LogPacker {
  private static let stepSize = 256 << 10

  private var gzip: GzipEncoder?
  private var zstd: ZstdEncoder?
  private var step = [UInt8](repeating: 0, count: stepSize)

  /// - Parameter compression: How; each with the level that its own program takes.
  package init(_ compression: Compression) {
    switch compression {
    case .gzip: gzip = GzipEncoder()
    case .zstd: zstd = ZstdEncoder()
    }
  }

  /// Compresses `bytes` and appends what comes out so far.
  package func pack(_ bytes: Span<UInt8>, into packed: inout [UInt8]) {
    run(bytes, isLast: false, into: &packed)
  }

  /// Appends what is left, and the end of the stream.
  package func finish(into packed: inout [UInt8]) {
    run(Span(), isLast: true, into: &packed)
  }

  private func run(_ bytes: Span<UInt8>, isLast: Bool, into packed: inout [UInt8]) {
    var position = 0
    var isDone = false
    while !isDone {
      let rest = bytes.extracting(position..<bytes.count)
      let (taken, count, isFlushed) =
        gzip?.encode(rest, isLast: isLast, into: &step)
        ?? zstd?.encode(rest, isLast: isLast, into: &step) ?? (rest.count, 0, true)
      position += taken
      packed.append(contentsOf: step[..<count])
      isDone = isLast ? isFlushed : position == bytes.count
    }
  }
}

/// What a step of compressing took and gave, and whether nothing is left inside.
private typealias EncodingStep = (taken: Int, count: Int, isFlushed: Bool)

/// Compresses to gzip with zlib.
@safe private struct GzipEncoder: ~Copyable, Sendable {
  /// On the heap, because zlib keeps its address; used by its owner alone.
  private nonisolated(unsafe) let stream: UnsafeMutablePointer<z_stream>

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let gzipWrapping: CInt = 16
    let memoryLevel: CInt = 8
    let status = unsafe deflateInit2_(
      stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + gzipWrapping, memoryLevel,
      Z_DEFAULT_STRATEGY, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has no memory")
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  mutating func encode(
    _ bytes: Span<UInt8>, isLast: Bool, into packed: inout [UInt8]
  ) -> EncodingStep {
    let status = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe packed.withUnsafeMutableBufferPointer { packed in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        unsafe stream.pointee.avail_in = CUnsignedInt(clamping: bytes.count)
        unsafe stream.pointee.next_out = packed.baseAddress
        unsafe stream.pointee.avail_out = CUnsignedInt(clamping: packed.count)
        return unsafe deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
      }
    }
    return unsafe (
      bytes.count - Int(stream.pointee.avail_in), packed.count - Int(stream.pointee.avail_out),
      status == Z_STREAM_END
    )
  }
}

/// Compresses to Zstandard with libzstd.
@safe private struct ZstdEncoder: ~Copyable, Sendable {
  /// Used by its owner alone.
  private nonisolated(unsafe) let context: OpaquePointer

  init() {
    guard let context = unsafe ZSTD_createCCtx() else { preconditionFailure("zstd has no memory") }
    unsafe self.context = context
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  }

  deinit { unsafe ZSTD_freeCCtx(context) }

  mutating func encode(
    _ bytes: Span<UInt8>, isLast: Bool, into packed: inout [UInt8]
  ) -> EncodingStep {
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe packed.withUnsafeMutableBytes { packed in
        var input = unsafe ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        var output = unsafe ZSTD_outBuffer(dst: packed.baseAddress, size: packed.count, pos: 0)
        let left = unsafe ZSTD_compressStream2(
          context, &output, &input, isLast ? ZSTD_e_end : ZSTD_e_continue)
        precondition(ZSTD_isError(left) == 0, "zstd has no memory")
        return unsafe (input.pos, output.pos, left == 0)
      }
    }
  }
}
