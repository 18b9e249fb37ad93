import CANFrames
import FuzzSupport

/// Vector's binary logs; the last byte is also where the log is cut, in 256ths of its length.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzz(bytes, count) { bytes in
    guard let last = bytes.indices.last else { return }
    fuzzLog(bytes, format: .blf, cut: bytes.count * Int(bytes[last]) / 256)
  }
}
