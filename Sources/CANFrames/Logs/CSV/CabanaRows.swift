/// The rows of the CSV of Cabana.
///
///     time,addr,bus,data
///     240.479115,849,0,1f01bc02e803e700
struct CabanaRows: CSVRows {
  static let head = "time,addr,bus,data"
  static let holdsOnlyData = true
  private var seconds = SecondsText()
  private var numbers = BusNumbers()

  mutating func write(
    _ frame: CANFrame, buses: BusNames, omissions: inout LogOmissions, to log: inout [UInt8]
  ) {
    numbers.assign(buses, including: frame.bus)
    let time = omissions.heldTime(of: frame, resolution: 1)
    let bus = numbers[frame.bus]
    // From 128 on a number means a frame that was sent: the bus is the rest.
    if !bus.keepsName || bus.number > 127 { omissions.add(.busNames) }
    if frame.identifier.format == .extended, frame.identifier.number <= 0x7FF {
      omissions.add(.shortIdentifiers)
    }
    log.appendText(atMost: 96) { text in
      seconds.putWithDecimals(time, to: &text)
      text.put(",")
      text.putDecimal(UInt64(frame.identifier.number))
      text.put(",")
      text.putDecimal(UInt64(bus.number & 0x7F | (frame.isSent ? 0x80 : 0)))
      text.put(",")
      let digits = (0..<Int(frame.length)).map { frame.byte(at: $0) }
      for byte in digits {
        text.put(Self.lowerHex[Int(byte >> 4)])
        text.put(Self.lowerHex[Int(byte & 15)])
      }
      text.put("\n")
    }
  }

  private static let lowerHex = Array("0123456789abcdef".utf8)
}
