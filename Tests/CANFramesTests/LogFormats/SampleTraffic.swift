import CANFrames

/// Traffic with everything in it that a format may or may not hold.
enum SampleTraffic {
  static let start: Int64 = 1_735_270_496_916_858_000
  static let buses = BusNames(["can0", "can1", "vcan12"])

  /// Lengths 0 to 8 of data and remote frames, both widths of identifiers, error frames, a clock that
  /// steps back, three buses, lost frames, sent frames.
  static var batch: FrameBatch {
    var batch = FrameBatch()
    var time = start
    func add(_ number: UInt32, _ format: CANIdentifier.Format, _ kind: CANFrame.Kind, _ length: Int)
    {
      guard let identifier = CANIdentifier(exactly: number, format: format) else { return }
      batch.append(
        CANFrame(
          timestamp: time, identifier: identifier, kind: kind, payload: 0x00E7_03E8_02BC_011F,
          length: UInt8(length), bus: UInt8(length % 2)))
      time += 100_001_000
    }
    for length in 0...8 { add(0x351, .standard, .data, length) }
    for length in 0...8 { add(0x18FF_50E5, .extended, .data, length) }
    for number: UInt32 in [0, 1, 0x7F, 0x7FF] { add(number, .standard, .data, 8) }
    for number: UInt32 in [0, 0x7FF, 0x800, 0x1FFF_FFFF] { add(number, .extended, .data, 8) }
    for length in 0...8 { add(0x305, .standard, .remote, length) }
    add(0x18FF_50E5, .extended, .remote, 3)
    batch.append(BusEvent(.framesDropped(3), timestamp: time, bus: 0))
    batch.append(BusEvent(.interfaceDown, timestamp: time, bus: 0))
    add(0x80, .extended, .error, 8)
    add(0x04, .extended, .error, 8)
    time -= 500_000_000
    add(0x355, .standard, .data, 2)
    time = start - 5_000_000_000
    add(0x356, .standard, .data, 6)
    time = start + 60_000_000_123
    add(0x35A, .standard, .data, 8)
    var last = batch.frames[0]
    last.bus = 2
    last.timestamp = start + 61_000_000_000
    batch.append(last)
    var sent: [CANFrame] = []
    time = start + 62_000_000_000
    for kind in [CANFrame.Kind.data, .remote] {
      for format in [CANIdentifier.Format.standard, .extended] {
        guard let identifier = CANIdentifier(exactly: format.largest, format: format) else {
          continue
        }
        sent.append(
          CANFrame(
            timestamp: time, identifier: identifier, kind: kind, payload: 0xFFEE, length: 2,
            bus: UInt8(sent.count % 2), isSent: true))
        time += 1_000_000
      }
    }
    for frame in sent { batch.append(frame) }
    return batch
  }

  /// The sample in the bytes of a format.
  static func log(_ format: LogFormat) -> [UInt8] {
    var log: [UInt8] = []
    var writer = LogWriter(format: format)
    writer.write(batch, buses: buses, to: &log)
    writer.finish(to: &log)
    return log
  }
}
