/// The rows of SavvyCAN's own CSV.
///
///     Time Stamp,ID,Extended,Dir,Bus,LEN,D1,D2,D3,D4,D5,D6,D7,D8
///     1735270496916858,00000351,false,Rx,0,8,1F,01,BC,02,E8,03,E7,00,
struct GVRETRows: CSVRows {
  static let head = "Time Stamp,ID,Extended,Dir,Bus,LEN,D1,D2,D3,D4,D5,D6,D7,D8"
  static let holdsOnlyData = true
  private var numbers = BusNumbers()

  mutating func write(
    _ frame: CANFrame, buses: BusNames, omissions: inout LogOmissions, to log: inout [UInt8]
  ) {
    numbers.assign(buses, including: frame.bus)
    let time = omissions.heldTime(of: frame, resolution: 1000)
    let bus = numbers[frame.bus]
    if !bus.keepsName { omissions.add(.busNames) }
    let isExtended = frame.identifier.format == .extended
    log.appendText(atMost: 96) { text in
      text.putDecimal(UInt64(time / 1000))
      text.put(",")
      text.putHex(frame.identifier.number, width: 8)
      text.put(isExtended ? ",true," : ",false,")
      text.put(frame.isSent ? "Tx," : "Rx,")
      text.putDecimal(UInt64(bus.number))
      text.put(",\(frame.length)")
      text.putHexBytes(frame.payload, count: Int(frame.length), separator: UInt8(ascii: ","))
      // Every row has eight columns of data, and ends with a comma.
      for _ in frame.length...8 { text.put(",") }
      text.put("\n")
    }
  }
}
