/// The rows of the CSV of python-can.
///
///     timestamp,arbitration_id,extended,remote,error,dlc,data
///     1735270496.916858,0x351,0,0,0,8,HwG8AugD5wA=
struct PythonCANRows: CSVRows {
  static let head = "timestamp,arbitration_id,extended,remote,error,dlc,data"
  static let holdsOnlyData = false
  private var seconds = SecondsText()

  mutating func write(
    _ frame: CANFrame, buses: BusNames, omissions: inout LogOmissions, to log: inout [UInt8]
  ) {
    omissions.addBus(of: frame, buses)
    if frame.isSent { omissions.add(.directions) }
    let time = omissions.heldTime(of: frame, resolution: 1)
    let isExtended = frame.identifier.format == .extended && frame.kind != .error
    log.appendText(atMost: 96) { text in
      seconds.putWithDecimals(time, to: &text)
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
