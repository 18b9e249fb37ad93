/// Reads what Wireshark writes, if it holds CAN frames.
///
///     block       type, length, body, length
///     section     byte order and version; interfaces are counted anew
///     interface   link type, name, unit of times
///     packet      interface, time, bytes captured, bytes on the wire, packet, packets lost before
///     statistics  packets lost in all, which become an event at their place
///
/// Blocks of other kinds are skipped. Packets of other networks are counted in ``rejections``; so
/// are CAN FD and CAN XL frames.
struct PcapngReader: RecordLogReading {
  var buses = BusNames()
  var rejections = RejectionTally()
  /// How many blocks were read.
  private(set) var lineCount = 0
  var frameCount = 0

  private enum Awaited: Hashable, Sendable {
    case blockHead
    case blockRest
    /// Nothing: what follows cannot be understood.
    case nothing
  }

  /// A block's head: type, length, and the first four bytes of its body.
  private static let blockHeadLength = 12
  /// A longer block of a kind that matters is skipped: four of the largest packets.
  private static let longestBlock = 1 << 20
  private static let sectionType: UInt32 = 0x0A0D_0D0A

  var byteOrder = ByteOrder.littleEndian
  var interfaces: [PcapngInterface] = []
  var records = RecordAssembler()
  private var awaited = Awaited.blockHead
  private var block: UInt32 = 0
  private var firstWord: UInt32 = 0
  private var restLength = 0
  private var hasSection = false

  var awaitedLength: Int? {
    switch awaited {
    case .blockHead: Self.blockHeadLength
    case .blockRest: restLength
    case .nothing: nil
    }
  }

  var headLength: Int { awaited == .blockRest ? Self.blockHeadLength : 0 }

  mutating func step(_ record: Span<UInt8>, into batch: inout FrameBatch) {
    guard awaited == .blockRest else { return readHead(record) }
    awaited = .blockHead
    do throws(LineRejection) {
      // The length stands at the end again.
      try readBlock(
        PcapngBlock(type: block, firstWord: firstWord),
        record.extracting(0..<max(0, record.count - 4)), into: &batch)
    } catch {
      reject(error.reason, record, before: record.count + Self.blockHeadLength)
    }
  }

  private mutating func readHead(_ head: Span<UInt8>) {
    lineCount += 1
    block = byteOrder.word32(head, at: 0)
    if block == Self.sectionType {
      switch ByteOrder.littleEndian.word32(head, at: 8) {
      case 0x1A2B_3C4D: byteOrder = .littleEndian
      case 0x4D3C_2B1A: byteOrder = .bigEndian
      default: return giveUp(.fileHead, head)
      }
      hasSection = true
      interfaces.removeAll()
    } else if !hasSection {
      return giveUp(.fileHead, head)
    }
    let length = Int(byteOrder.word32(head, at: 4))
    guard length >= Self.blockHeadLength, length.isMultiple(of: 4) else {
      return giveUp(.recordLength, head)
    }
    firstWord = byteOrder.word32(head, at: 8)
    restLength = length - Self.blockHeadLength
    if !PcapngBlock.matters(block) {
      records.skip(restLength)
    } else if length > Self.longestBlock {
      reject(.recordLength, head, before: head.count)
      records.skip(restLength)
    } else {
      awaited = .blockRest
    }
  }

  private mutating func giveUp(_ reason: LineRejection.Reason, _ head: Span<UInt8>) {
    reject(reason, head, before: head.count)
    awaited = .nothing
  }

  private mutating func reject(
    _ reason: LineRejection.Reason, _ bytes: Span<UInt8>, before length: Int
  ) {
    rejections.add(reason, record: lineCount, offset: records.offset - length, bytes: bytes)
  }
}
