/// Writes what `candump -ta` prints.
///
///      (1735270496.916858)  can0  351   [8]  1F 01 BC 02 E8 03 E7 00
///      (1735270497.000300)  can0  305   [8]  remote request
///
/// A frame without a time has none in its line either.
struct CandumpTextWriter: LogWriting {
  private(set) var omissions = LogOmissions()

  private var seconds = SecondsText(opening: " (", width: 10, padding: "0")
  private var names = InterfaceNames()
  private var drops = DropCounts()
  /// candump indents short identifiers once it has seen a long one.
  private var hasExtended = false

  mutating func write(_ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8]) {
    batch.forEach { frame in
      write(frame, buses: buses, to: &log)
    } event: { event in
      guard case .framesDropped(let count) = event.kind, count > 0 else {
        omissions.add(.events)
        return
      }
      _ = names.assign(buses, including: event.bus)
      drops.append(count, bus: event.bus, name: names.entries[Int(event.bus)].name, to: &log)
    }
  }

  mutating func finish(to log: inout [UInt8]) {}

  private mutating func write(_ frame: CANFrame, buses: BusNames, to log: inout [UInt8]) {
    _ = names.assign(buses, including: frame.bus)
    let bus = names.entries[Int(frame.bus)]
    if let omission = bus.omission { omissions.add(omission) }
    if frame.isSent { omissions.add(.directions) }
    hasExtended = hasExtended || frame.identifier.format == .extended
    log.appendText(atMost: 96 + bus.name.utf8.count) { text in
      putTime(frame, to: &text)
      text.put("  \(bus.name)  ")
      putIdentifier(frame, to: &text)
      text.put("   [\(frame.length)] ")
      if frame.kind == .remote {
        text.put(" remote request")
      } else {
        text.putHexBytes(frame.payload, count: Int(frame.length), separator: UInt8(ascii: " "))
      }
      if frame.kind == .error { text.put("   ERRORFRAME") }
      text.put(UInt8(ascii: "\n"))
    }
  }

  private mutating func putTime(_ frame: CANFrame, to text: inout TextCursor) {
    guard frame.timestamp >= 0 else {
      if frame.timestamp != CANFrame.noTime { omissions.add(.missingTimes) }
      return
    }
    let rest = seconds.put(frame.timestamp, to: &text)
    if rest % 1000 != 0 { omissions.add(.timePrecision) }
    text.putSixDigits(rest / 1000)
    text.put(UInt8(ascii: ")"))
  }

  private func putIdentifier(_ frame: CANFrame, to text: inout TextCursor) {
    let number = frame.identifier.number
    if frame.identifier.format == .extended {
      text.putHex(frame.kind == .error ? number | 0x2000_0000 : number, width: 8)
    } else {
      if hasExtended { text.put("     ") }
      text.putHex(number, width: 3)
    }
  }
}
