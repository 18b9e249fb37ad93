package import CANFrames

/// Writes frames as `candump -l` does.
///
///     (1735270496.916858) can0 351#1F01BC02E803E700
package struct PlainCandumpWriter: LogWriting {
  package private(set) var omissions = LogOmissions()
  private var lostTotals: [UInt8: Int] = [:]

  package init() {}

  package mutating func write(
    _ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8]
  ) {
    var names: [[UInt8]] = []
    for index in 0..<max(1, buses.names.count) {
      names.append(Array((buses[UInt8(index)] ?? "can\(index)").utf8))
    }
    var events = batch.events.makeIterator()
    var event = events.next()
    for (index, frame) in batch.frames.enumerated() {
      while let placed = event, placed.position <= index {
        append(placed.event, names, to: &log)
        event = events.next()
      }
      append(frame, names, to: &log)
    }
    while let placed = event {
      append(placed.event, names, to: &log)
      event = events.next()
    }
  }

  package func finish(to log: inout [UInt8]) {}

  private mutating func append(_ event: BusEvent, _ names: [[UInt8]], to log: inout [UInt8]) {
    guard case .framesDropped(let count) = event.kind, Int(event.bus) < names.count else { return }
    let total = lostTotals[event.bus, default: 0] + count
    lostTotals[event.bus] = total
    let name = String(decoding: names[Int(event.bus)], as: UTF8.self)
    log.append(
      contentsOf:
        "DROPCOUNT: dropped \(count) CAN frames on '\(name)' socket (total drops \(total))\n".utf8)
  }

  @inline(__always)
  private func append(_ frame: CANFrame, _ names: [[UInt8]], to log: inout [UInt8]) {
    let bus = Int(frame.bus) < names.count ? Int(frame.bus) : 0
    let name = names[bus]
    log.append(addingCapacity: 64 + name.count) { line in
      let (second, fraction) = frame.timestamp.quotientAndRemainder(dividingBy: 1_000_000_000)
      line.append(UInt8(ascii: "("))
      Self.append(UInt64(max(0, second)), 10, &line)
      line.append(UInt8(ascii: "."))
      Self.append(UInt64(max(0, fraction)) / 1000, 6, &line)
      line.append(UInt8(ascii: ")"))
      line.append(UInt8(ascii: " "))
      for byte in name { line.append(byte) }
      line.append(UInt8(ascii: " "))
      let isError = frame.kind == .error
      let number = frame.identifier.number | (isError ? 0x2000_0000 : 0)
      let isLong = isError || frame.identifier.format == .extended
      for digit in (0..<(isLong ? 8 : 3)).reversed() {
        line.append(Self.hex(UInt8(truncatingIfNeeded: number >> UInt32(4 * digit)) & 15))
      }
      line.append(UInt8(ascii: "#"))
      if frame.kind == .remote {
        line.append(UInt8(ascii: "R"))
        if frame.length > 0 { line.append(UInt8(ascii: "0") + frame.length) }
      } else {
        for index in 0..<frame.length {
          let byte = UInt8(truncatingIfNeeded: frame.payload >> UInt64(8 * index))
          line.append(Self.hex(byte >> 4))
          line.append(Self.hex(byte & 15))
        }
      }
      line.append(UInt8(ascii: "\n"))
    }
  }

  @inline(__always)
  private static func append(_ number: UInt64, _ width: Int, _ line: inout OutputSpan<UInt8>) {
    var divisor: UInt64 = width == 10 ? 1_000_000_000 : 100_000
    var rest = number
    for _ in 0..<width {
      line.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor % 10))
      rest %= divisor
      divisor /= 10
    }
  }

  @inline(__always) private static func hex(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") - 10 + nibble
  }
}
