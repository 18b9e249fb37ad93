/// Writes what Wireshark reads: SocketCAN packets of named interfaces, times in nanoseconds, and
/// how many frames were lost where.
struct PcapngWriter: LogWriting {
  private(set) var omissions = LogOmissions()
  /// What was described and lost of a bus so far.
  private struct Interface {
    var number: UInt32
    var received: UInt64 = 0
    var lost: UInt64 = 0
    var lostSinceLastFrame: UInt64 = 0
  }
  private var hasHead = false
  /// By the bus's index; `nil` until the first frame of a bus comes.
  private var interfaces = [Interface?](repeating: nil, count: 256)
  private var interfaceCount: UInt32 = 0
  private var lastTime: UInt64 = 0

  mutating func write(
    _ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8]
  ) {
    writeHead(to: &log)
    var next = 0
    for placed in batch.events {
      while next < placed.position {
        write(batch.frames[next], buses, to: &log)
        next += 1
      }
      note(placed.event, buses, to: &log)
    }
    while next < batch.frames.count {
      write(batch.frames[next], buses, to: &log)
      next += 1
    }
  }

  /// Ends with statistics of each interface, in which losses after its last frame are told too.
  mutating func finish(to log: inout [UInt8]) {
    writeHead(to: &log)
    for interface in interfaces.compactMap(\.self).sorted(by: { $0.number < $1.number }) {
      let start = beginBlock(PcapngBlock.statistics, to: &log)
      log.append(littleEndian: interface.number)
      appendTime(lastTime, to: &log)
      // Packets received (4) and lost (5) by the interface.
      for (code, count) in [(4, interface.received), (5, interface.lost)] {
        log.append(littleEndian: UInt16(code))
        log.append(littleEndian: 8 as UInt16)
        log.append(littleEndian: count)
      }
      log.append(littleEndian: 0 as UInt32)
      endBlock(from: start, &log)
    }
  }

  private mutating func writeHead(to log: inout [UInt8]) {
    guard !hasHead else { return }
    hasHead = true
    let start = beginBlock(0x0A0D_0D0A, to: &log)
    log.append(littleEndian: 0x1A2B_3C4D as UInt32)
    log.append(littleEndian: 1 as UInt32)  // version 1.0
    log.append(littleEndian: UInt64.max)  // length of the section: not known
    endBlock(from: start, &log)
  }

  private mutating func note(_ event: BusEvent, _ buses: BusNames, to log: inout [UInt8]) {
    guard case .framesDropped(let count) = event.kind, count > 0 else {
      omissions.add(.events)
      return
    }
    describe(event.bus, buses, to: &log)
    interfaces[Int(event.bus)]?.lost += UInt64(count)
    interfaces[Int(event.bus)]?.lostSinceLastFrame += UInt64(count)
  }

  /// Describes the interface of a bus, with its name and nanoseconds, before its first packet.
  private mutating func describe(_ bus: UInt8, _ buses: BusNames, to log: inout [UInt8]) {
    guard interfaces[Int(bus)] == nil else { return }
    interfaces[Int(bus)] = Interface(number: interfaceCount)
    interfaceCount += 1
    let start = beginBlock(PcapngBlock.interface, to: &log)
    log.append(littleEndian: UInt32(CaptureLink.socketCANNumber))
    log.append(littleEndian: 0 as UInt32)  // no limit to what is captured
    if let name = buses[bus] {
      let name = name.utf8.prefix(Int(UInt16.max))
      log.append(littleEndian: 2 as UInt16)
      log.append(littleEndian: UInt16(name.count))
      log.append(contentsOf: name)
      log.pad(to: 4, from: start)
    }
    log.append(littleEndian: 9 as UInt16)  // resolution of times: 9 decimals
    log.append(littleEndian: 1 as UInt16)
    log.append(littleEndian: 9 as UInt32)
    log.append(littleEndian: 0 as UInt32)
    endBlock(from: start, &log)
  }

  private mutating func write(
    _ frame: CANFrame, _ buses: BusNames, to log: inout [UInt8]
  ) {
    describe(frame.bus, buses, to: &log)
    let lost = interfaces[Int(frame.bus)]?.lostSinceLastFrame ?? 0
    interfaces[Int(frame.bus)]?.received += 1
    let start = beginBlock(PcapngBlock.packet, to: &log)
    log.append(littleEndian: interfaces[Int(frame.bus)]?.number ?? 0)
    if frame.timestamp < 0 { omissions.add(.missingTimes) }
    lastTime = UInt64(max(0, frame.timestamp))
    appendTime(lastTime, to: &log)
    log.append(littleEndian: UInt32(SocketCANPacket.writtenLength))
    log.append(littleEndian: UInt32(SocketCANPacket.writtenLength))
    SocketCANPacket.append(frame, to: &log)
    if frame.isSent {
      log.append(littleEndian: 2 as UInt16)
      log.append(littleEndian: 4 as UInt16)
      log.append(littleEndian: 2 as UInt32)  // outbound
    }
    if lost > 0 {
      interfaces[Int(frame.bus)]?.lostSinceLastFrame = 0
      log.append(littleEndian: 4 as UInt16)
      log.append(littleEndian: 8 as UInt16)
      log.append(littleEndian: lost)
    }
    if frame.isSent || lost > 0 { log.append(littleEndian: 0 as UInt32) }
    endBlock(from: start, &log)
  }

  /// Begins a block; returns where.
  private func beginBlock(_ type: UInt32, to log: inout [UInt8]) -> Int {
    log.append(littleEndian: type)
    log.append(littleEndian: 0 as UInt32)
    return log.count - 8
  }

  /// Puts the length of a block at both of its ends.
  private func endBlock(from start: Int, _ log: inout [UInt8]) {
    let length = UInt32(log.count - start + 4)
    log.append(littleEndian: length)
    for index in 0..<4 { log[start + 4 + index] = log[log.count - 4 + index] }
  }

  private func appendTime(_ time: UInt64, to log: inout [UInt8]) {
    log.append(littleEndian: UInt32(time >> 32))
    log.append(littleEndian: UInt32(truncatingIfNeeded: time))
  }
}
