import CANFrames
import FuzzSupport

/// candump's logs and pasted text; the first byte is also where the log is cut.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzz(bytes, count) { bytes in
    fuzzLog(bytes, format: .candump, cut: bytes.isEmpty ? 0 : Int(bytes[0]) % bytes.count)
  }
}
