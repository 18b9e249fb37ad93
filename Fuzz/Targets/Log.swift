import CANFrames
import FuzzSupport

/// Logs of any format: a digit is the format's number, anything else has it found out; then a byte
/// for where the log is cut, in 256ths of its length; then the log.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzz(bytes, count) { bytes in
    guard bytes.count >= 2 else { return }
    let number = Int(bytes[0]) - 0x30
    let log = bytes.extracting(droppingFirst: 2)
    fuzzLog(
      log, format: LogFormat.allCases.indices.contains(number) ? LogFormat.allCases[number] : nil,
      cut: log.count * Int(bytes[1]) / 256)
  }
}
