/// Writes the CSV of python-can.
///
///     timestamp,arbitration_id,extended,remote,error,dlc,data
///     1735270496.916858,0x351,0,0,0,8,HwG8AugD5wA=
struct PythonCANWriter: LogWriting {
  private(set) var omissions = LogOmissions()
  private var seconds = SecondsText()
  private var hasHead = false

  mutating func write(_ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8]) {
    omissions.add(.events, count: batch.events.count)
    writeHead(to: &log)
    for frame in batch.frames {
      if buses[frame.bus] != nil { omissions.add(.busNames) }
      write(frame, to: &log)
    }
  }

  mutating func finish(to log: inout [UInt8]) { writeHead(to: &log) }

  private mutating func writeHead(to log: inout [UInt8]) {
    guard !hasHead else { return }
    hasHead = true
    log += Array("timestamp,arbitration_id,extended,remote,error,dlc,data\n".utf8)
  }

  private mutating func write(_ frame: CANFrame, to log: inout [UInt8]) {
    let time = omissions.heldTime(of: frame, resolution: 1)
    let isExtended = frame.identifier.format == .extended && frame.kind != .error
    log.appendText(atMost: 96) { text in
      let rest = seconds.put(time, to: &text)
      // Six decimals, as python-can's own times have, or nine if they say more.
      if rest % 1000 == 0 {
        text.putSixDigits(rest / 1000)
      } else {
        text.putDecimal(rest, width: 9)
      }
      text.put(",0x")
      Self.putLowerHex(frame.identifier.number, to: &text)
      text.put(isExtended ? ",1" : ",0")
      text.put(frame.kind == .remote ? ",1" : ",0")
      text.put(frame.kind == .error ? ",1," : ",0,")
      text.put("\(frame.length),")
      if frame.kind != .remote {
        Base64.append(frame.payload, count: Int(frame.length), to: &text)
      }
      text.put("\n")
    }
  }

  private static func putLowerHex(_ number: UInt32, to text: inout TextCursor) {
    text.put(String(number, radix: 16))
  }
}
