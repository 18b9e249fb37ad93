/// Writes a log of any format.
public struct LogWriter: LogWriting {
  private var writer: any LogWriting

  public init(format: LogFormat) {
    writer = BinaryLogs.writer(of: format) ?? CandumpWriter()
  }

  public var omissions: LogOmissions { writer.omissions }

  public mutating func write(
    _ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8]
  ) {
    writer.write(batch, buses: buses, to: &log)
  }

  public mutating func finish(to log: inout [UInt8]) { writer.finish(to: &log) }
}

private struct CandumpWriter: LogWriting {
  var omissions = LogOmissions()

  mutating func write(_ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8]) {
    omissions.add(.events, count: batch.events.count)
    for frame in batch.frames {
      log.append(UInt8(ascii: "("))
      let time = max(0, frame.timestamp)
      Self.append(time / 1_000_000_000, 10, to: &log)
      log.append(UInt8(ascii: "."))
      Self.append(time % 1_000_000_000 / 1000, 6, to: &log)
      log.append(UInt8(ascii: ")"))
      log.append(UInt8(ascii: " "))
      log.append(contentsOf: (buses[frame.bus] ?? "can\(frame.bus)").utf8)
      log.append(UInt8(ascii: " "))
      let flag: UInt32 = frame.kind == .error ? 0x2000_0000 : 0
      let width = frame.identifier.format == .extended ? 8 : 3
      for shift in (0..<width).reversed() {
        let nibble = UInt8((frame.identifier.number | flag) >> UInt32(4 * shift) & 15)
        log.append(nibble < 10 ? 48 + nibble : 55 + nibble)
      }
      log.append(UInt8(ascii: "#"))
      if frame.kind == .remote {
        log.append(UInt8(ascii: "R"))
        log.append(48 + frame.length)
      } else {
        frame.appendPayloadHex(to: &log)
      }
      log.append(UInt8(ascii: "\n"))
    }
  }

  func finish(to log: inout [UInt8]) {}

  static func append(_ number: Int64, _ width: Int, to log: inout [UInt8]) {
    var divisor: Int64 = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor > 0 {
      log.append(48 + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }
}
