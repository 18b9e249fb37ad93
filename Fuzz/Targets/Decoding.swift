import BMSDialects
import CANFrames
import FuzzSupport

private nonisolated(unsafe) var decoders = DialectAtlas.dialects.map { DialectDecoder($0) }
private nonisolated(unsafe) var fields: [DecodedField] = []

/// Frames through every dialect, and the verdict on them: eleven bytes make a frame.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzz(bytes, count) { bytes in
    var census = BusCensus()
    var place = 0
    while place + 11 <= bytes.count, place < 11 * 64 {
      var word: UInt64 = 0
      for index in 0..<8 { word |= UInt64(bytes[place + 3 + index]) << UInt64(8 * index) }
      let number = UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8
      let isExtended = number & 0x8000 != 0
      if let identifier = CANIdentifier(
        exactly: isExtended ? 0x18FF_0000 | number : number & 0x7FF,
        format: isExtended ? .extended : .standard)
      {
        let frame = CANFrame(
          timestamp: Int64(place) * 10_000_000, identifier: identifier, payload: word,
          length: bytes[place + 2] % 9)
        census.add(frame)
        for index in decoders.indices {
          _ = decoders[index].decode(frame, into: &fields)
        }
      }
      place += 11
    }
    _ = BusFindings(census)
  }
}
