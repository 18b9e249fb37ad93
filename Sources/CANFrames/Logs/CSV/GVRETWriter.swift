/// Writes SavvyCAN's own CSV.
///
///     Time Stamp,ID,Extended,Dir,Bus,LEN,D1,D2,D3,D4,D5,D6,D7,D8
///     1735270496916858,00000351,false,Rx,0,8,1F,01,BC,02,E8,03,E7,00,
struct GVRETWriter: LogWriting {
  private(set) var omissions = LogOmissions()
  private var numbers = BusNumbers()
  private var hasHead = false

  mutating func write(_ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8]) {
    omissions.add(.events, count: batch.events.count)
    writeHead(to: &log)
    for frame in batch.frames {
      numbers.assign(buses, including: frame.bus)
      if frame.kind == .data {
        write(frame, to: &log)
      } else {
        omissions.add(frame.kind == .remote ? .remoteFrames : .errorFrames)
      }
    }
  }

  mutating func finish(to log: inout [UInt8]) { writeHead(to: &log) }

  private mutating func writeHead(to log: inout [UInt8]) {
    guard !hasHead else { return }
    hasHead = true
    log += Array("Time Stamp,ID,Extended,Dir,Bus,LEN,D1,D2,D3,D4,D5,D6,D7,D8\n".utf8)
  }

  private mutating func write(_ frame: CANFrame, to log: inout [UInt8]) {
    let time = omissions.heldTime(of: frame, resolution: 1000)
    let bus = numbers[frame.bus]
    if !bus.keepsName { omissions.add(.busNames) }
    let isExtended = frame.identifier.format == .extended
    log.appendText(atMost: 96) { text in
      text.putDecimal(UInt64(time / 1000))
      text.put(",")
      text.putHex(frame.identifier.number, width: 8)
      text.put(isExtended ? ",true,Rx," : ",false,Rx,")
      text.putDecimal(UInt64(bus.number))
      text.put(",\(frame.length)")
      text.putHexBytes(frame.payload, count: Int(frame.length), separator: UInt8(ascii: ","))
      // Every row has eight columns of data, and ends with a comma.
      for _ in frame.length...8 { text.put(",") }
      text.put("\n")
    }
  }
}
