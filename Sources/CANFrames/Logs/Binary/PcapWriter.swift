/// Writes what tcpdump and Wireshark read: SocketCAN packets with times in nanoseconds.
///
/// There is no place for events and for the names of buses; see ``PcapngWriter``.
struct PcapWriter: LogWriting {
  private(set) var omissions = LogOmissions()
  private var hasHead = false

  mutating func write(
    _ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8]
  ) {
    writeHead(to: &log)
    if !batch.events.isEmpty { omissions.add(.events, count: batch.events.count) }
    for frame in batch.frames {
      omissions.addBus(of: frame, buses)
      if frame.isSent { omissions.add(.directions) }
      write(frame, to: &log)
    }
  }

  mutating func finish(to log: inout [UInt8]) { writeHead(to: &log) }

  private mutating func writeHead(to log: inout [UInt8]) {
    guard !hasHead else { return }
    hasHead = true
    log.append(littleEndian: 0xA1B2_3C4D as UInt32)
    log.append(littleEndian: 2 as UInt16)  // version 2.4
    log.append(littleEndian: 4 as UInt16)
    log.append(littleEndian: 0 as UInt64)
    log.append(littleEndian: 262_144 as UInt32)  // most that is captured of a packet
    log.append(littleEndian: UInt32(CaptureLink.socketCANNumber))
  }

  private mutating func write(_ frame: CANFrame, to log: inout [UInt8]) {
    var (seconds, nanoseconds) = frame.timestamp.quotientAndRemainder(dividingBy: 1_000_000_000)
    if frame.timestamp < 0 || seconds > Int64(UInt32.max) {
      omissions.add(.missingTimes)
      (seconds, nanoseconds) = (0, 0)
    }
    log.append(littleEndian: UInt32(truncatingIfNeeded: seconds))
    log.append(littleEndian: UInt32(truncatingIfNeeded: nanoseconds))
    log.append(littleEndian: UInt32(SocketCANPacket.writtenLength))
    log.append(littleEndian: UInt32(SocketCANPacket.writtenLength))
    SocketCANPacket.append(frame, to: &log)
  }
}
