package import CANFrames
import CZlib

/// Unpacks gzip or zlib streams with zlib.
@safe struct ZlibDecoder: StreamDecoder, ~Copyable {
  /// What stands around the compressed data; the raw value is what zlib adds for it.
  enum Wrapping: CInt, Sendable {
    case zlib = 0
    case gzip = 16
  }

  /// On the heap, because zlib keeps its address; used by its owner alone.
  private nonisolated(unsafe) let stream: UnsafeMutablePointer<z_stream>

  init(_ wrapping: Wrapping) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let status = unsafe inflateInit2_(
      stream, MAX_WBITS + wrapping.rawValue, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has no memory")
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  mutating func decode(
    _ packed: Span<UInt8>, _ position: inout Int, into unpacked: inout [UInt8]
  ) -> (count: Int, outcome: DecodingOutcome) {
    let rest = packed.extracting(position..<packed.count)
    let status = unsafe rest.withUnsafeBufferPointer { rest in
      unsafe unpacked.withUnsafeMutableBufferPointer { unpacked in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: rest.baseAddress)
        unsafe stream.pointee.avail_in = CUnsignedInt(clamping: rest.count)
        unsafe stream.pointee.next_out = unpacked.baseAddress
        unsafe stream.pointee.avail_out = CUnsignedInt(clamping: unpacked.count)
        return unsafe inflate(stream, Z_NO_FLUSH)
      }
    }
    let taken = unsafe rest.count - Int(stream.pointee.avail_in)
    let count = unsafe unpacked.count - Int(stream.pointee.avail_out)
    position += taken
    switch status {
    case Z_OK, Z_BUF_ERROR: return (count, .open)
    case Z_STREAM_END:
      unsafe inflateReset(stream)
      return (count, .ended)
    default: return (count, .damaged)
    }
  }
}

/// Unpacks what stands compressed inside a log, with zlib.
package struct ZlibInflater: Inflating {
  private static let stepSize = 64 << 10

  package init() {}

  package func inflate(
    _ packed: Span<UInt8>, into unpacked: inout [UInt8], limit: Int
  ) -> InflationOutcome {
    var decoder = ZlibDecoder(.zlib)
    var step = [UInt8](repeating: 0, count: Self.stepSize)
    var position = 0
    var left = limit
    while true {
      let (count, outcome) = decoder.decode(packed, &position, into: &step)
      unpacked.append(contentsOf: step[..<min(count, left)])
      if count > left { return .limitReached }
      left -= count
      switch outcome {
      case .ended: return .complete
      case .damaged: return .damaged
      case .open: if count == 0, position == packed.count { return .damaged }
      }
    }
  }
}
