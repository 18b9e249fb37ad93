/// Writes the CSV of Cabana.
///
///     time,addr,bus,data
///     240.479115,849,0,1f01bc02e803e700
struct CabanaWriter: LogWriting {
  private(set) var omissions = LogOmissions()
  private var seconds = SecondsText()
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
    log += Array("time,addr,bus,data\n".utf8)
  }

  private mutating func write(_ frame: CANFrame, to log: inout [UInt8]) {
    let time = omissions.heldTime(of: frame, resolution: 1)
    let bus = numbers[frame.bus]
    // From 128 on a number means a frame that was sent.
    if !bus.keepsName || bus.number > 127 { omissions.add(.busNames) }
    if frame.identifier.format == .extended, frame.identifier.number <= 0x7FF {
      omissions.add(.shortIdentifiers)
    }
    log.appendText(atMost: 96) { text in
      let rest = seconds.put(time, to: &text)
      if rest % 1000 == 0 {
        text.putSixDigits(rest / 1000)
      } else {
        text.putDecimal(rest, width: 9)
      }
      text.put(",")
      text.putDecimal(UInt64(frame.identifier.number))
      text.put(",")
      text.putDecimal(UInt64(bus.number & 0x7F))
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
