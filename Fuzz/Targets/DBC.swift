import BMSDialects
import CANFrames
import DBC
import FuzzSupport

/// DBC files: parsing, checks, compiling to a plan and a dialect, and decoding with it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzzArray(bytes, count) { bytes in
    guard let file = try? DBCFile(parsing: bytes, name: "fuzz.dbc") else { return }
    _ = file.faults.map { "\($0)" }
    _ = file.danglingReferences.map { "\($0)" }
    guard let dialect = try? Dialect(file) else { return }
    var decoder = DialectDecoder(dialect)
    var fields: [DecodedField] = []
    for message in dialect.plan.messages {
      for payload in [0, UInt64.max, 0x8000_7FFF_0102_FEFF] {
        let frame = CANFrame(
          timestamp: 0, identifier: message.identifier, payload: payload, length: 8)
        _ = decoder.decode(frame, into: &fields)
      }
    }
  }
}
