/// Reads what tcpdump writes, if it holds CAN frames.
///
///     file     magic number (also tells byte order and the unit of fractions), version, link type
///     packet   seconds, fraction, bytes captured, bytes on the wire, packet
///
/// Packets of other networks are counted in ``rejections``; so are CAN FD and CAN XL frames. Such a
/// file names no bus.
struct PcapReader: RecordLogReading {
  private(set) var buses = BusNames()
  var rejections = RejectionTally()
  /// How many packets were read.
  private(set) var lineCount = 0
  private(set) var frameCount = 0

  private enum Awaited: Hashable, Sendable {
    case fileHead
    case packetHead
    case packet
    /// Nothing: what follows cannot be understood.
    case nothing
  }

  private static let packetHeadLength = 16
  /// The most that libpcap captures of a packet.
  private static let longestPacket = 262_144

  var records = RecordAssembler()
  private var awaited = Awaited.fileHead
  private var byteOrder = ByteOrder.littleEndian
  private var link = CaptureLink.socketCAN
  private var nanosecondsOfFraction: Int64 = 1000
  private var timestamp: Int64 = 0
  private var captured = 0

  var awaitedLength: Int? {
    switch awaited {
    case .fileHead: 24
    case .packetHead: Self.packetHeadLength
    case .packet: min(captured, SocketCANPacket.longest)
    case .nothing: nil
    }
  }

  var headLength: Int { awaited == .packet ? Self.packetHeadLength : 0 }

  mutating func step(_ record: Span<UInt8>, into batch: inout FrameBatch) {
    switch awaited {
    case .fileHead: readFileHead(record)
    case .packetHead: readPacketHead(record)
    case .packet: readPacket(record, into: &batch)
    case .nothing: break
    }
  }

  private mutating func readFileHead(_ head: Span<UInt8>) {
    switch ByteOrder.littleEndian.word32(head, at: 0) {
    case 0xA1B2_C3D4: (byteOrder, nanosecondsOfFraction) = (.littleEndian, 1000)
    case 0xD4C3_B2A1: (byteOrder, nanosecondsOfFraction) = (.bigEndian, 1000)
    case 0xA1B2_3C4D: (byteOrder, nanosecondsOfFraction) = (.littleEndian, 1)
    case 0x4D3C_B2A1: (byteOrder, nanosecondsOfFraction) = (.bigEndian, 1)
    default:
      rejections.add(.fileHead, record: 1, offset: 0, bytes: head)
      awaited = .nothing
      return
    }
    // The upper half tells whether packets end with a check sum, which CAN has not.
    link = CaptureLink(linkType: UInt16(truncatingIfNeeded: byteOrder.word32(head, at: 20)))
    awaited = .packetHead
  }

  private mutating func readPacketHead(_ head: Span<UInt8>) {
    lineCount += 1
    captured = Int(byteOrder.word32(head, at: 8))
    guard captured <= Self.longestPacket else {
      rejections.add(
        .recordLength, record: lineCount, offset: records.offset - head.count, bytes: head)
      awaited = .nothing
      return
    }
    timestamp =
      Int64(byteOrder.word32(head, at: 0)) * 1_000_000_000
      + Int64(byteOrder.word32(head, at: 4)) * nanosecondsOfFraction
    awaited = .packet
  }

  private mutating func readPacket(_ packet: Span<UInt8>, into batch: inout FrameBatch) {
    awaited = .packetHead
    records.skip(captured - packet.count)
    do throws(LineRejection) {
      let bus = link == .cookedWithInterface ? 0 : buses.index(of: Span())
      batch.append(
        try link.frame(packet, timestamp: timestamp, bus: bus, buses: &buses))
      frameCount += 1
    } catch {
      rejections.add(
        error.reason, record: lineCount,
        offset: records.offset - packet.count - Self.packetHeadLength, bytes: packet)
    }
  }
}
