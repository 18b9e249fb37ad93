/// A block of a pcapng file whose kind matters.
struct PcapngBlock: Hashable, Sendable {
  var type: UInt32
  /// The first four bytes of its body.
  var firstWord: UInt32

  static let interface: UInt32 = 1
  /// A packet of the format's first draft.
  static let oldPacket: UInt32 = 2
  /// A packet without time and interface.
  static let simplePacket: UInt32 = 3
  static let statistics: UInt32 = 5
  static let packet: UInt32 = 6

  /// Whether blocks of this type are read and not skipped.
  static func matters(_ type: UInt32) -> Bool {
    [interface, oldPacket, simplePacket, statistics, packet].contains(type)
  }
}

extension PcapngReader {
  /// A section has at most this many interfaces.
  private static var interfaceLimit: Int { 4096 }

  /// Reads a block.
  ///
  /// - Parameters:
  ///   - block: What it is.
  ///   - rest: Its body after the first four bytes.
  ///   - batch: Where frames and events go.
  /// - Throws: Why it gives no classic CAN frame, or cannot be understood.
  mutating func readBlock(
    _ block: PcapngBlock, _ rest: Span<UInt8>, into batch: inout FrameBatch
  ) throws(LineRejection) {
    switch block.type {
    case PcapngBlock.interface: try readInterface(block, rest)
    case PcapngBlock.packet:
      try readPacket(rest, of: Int(block.firstWord), into: &batch)
    case PcapngBlock.oldPacket:
      // Interface and lost packets share the first word, in the order of the file.
      let (first, second) = (block.firstWord >> 16, block.firstWord & 0xFFFF)
      let (interface, lost) = byteOrder == .bigEndian ? (first, second) : (second, first)
      try readPacket(
        rest, of: Int(interface), lostBefore: lost == 0xFFFF ? 0 : UInt64(lost), into: &batch)
    case PcapngBlock.simplePacket: try readSimplePacket(block, rest, into: &batch)
    case PcapngBlock.statistics: try readStatistics(block, rest, into: &batch)
    default: break
    }
  }

  private mutating func readInterface(
    _ block: PcapngBlock, _ rest: Span<UInt8>
  ) throws(LineRejection) {
    // The first word is part of what the description consists of.
    var body: [UInt8] = []
    body.reserveCapacity(rest.count + 4)
    if byteOrder == .littleEndian {
      body.append(littleEndian: block.firstWord)
    } else {
      body.append(bigEndian: block.firstWord)
    }
    for index in rest.indices { body.append(rest[index]) }
    guard interfaces.count < Self.interfaceLimit,
      let interface = PcapngInterface(
        body.span, byteOrder, number: interfaces.count, buses: &buses)
    else { throw LineRejection(.recordLength, column: 1) }
    interfaces.append(interface)
  }

  /// Reads `time (64 bits, upper half first), bytes captured, bytes on the wire, packet, options`.
  private mutating func readPacket(
    _ rest: Span<UInt8>, of index: Int, lostBefore: UInt64 = 0, into batch: inout FrameBatch
  ) throws(LineRejection) {
    guard rest.count >= 16 else { throw LineRejection(.recordLength, column: 1) }
    guard index < interfaces.count else { throw LineRejection(.unknownInterface, column: 9) }
    let captured = Int(byteOrder.word32(rest, at: 8))
    guard captured <= rest.count - 16 else { throw LineRejection(.recordLength, column: 21) }
    let ticks =
      UInt64(byteOrder.word32(rest, at: 0)) << 32 | UInt64(byteOrder.word32(rest, at: 4))
    let time = interfaces[index].nanoseconds(ticks)
    var lost = lostBefore
    var isSent = false
    var options = PcapngOptions(at: 16 + (captured + 3) / 4 * 4)
    while let option = options.next(rest, byteOrder) {
      if option.code == 4, option.value.count == 8 {
        lost = byteOrder.word64(rest, at: option.value.lowerBound)
      } else if option.code == 2, option.value.count == 4 {
        // Its lowest two bits are the direction; 2 is outbound.
        isSent = byteOrder.word32(rest, at: option.value.lowerBound) & 3 == 2
      }
    }
    if lost > 0 {
      tell(lost: interfaces[index].lose(lost), of: index, time ?? CANFrame.noTime, into: &batch)
    }
    guard let time else { throw LineRejection(.timeRange, column: 13) }
    try append(
      rest.extracting(16..<16 + captured), of: index, time, isSent: isSent, into: &batch)
  }

  /// Reads `bytes on the wire, packet` of the first interface.
  private mutating func readSimplePacket(
    _ block: PcapngBlock, _ rest: Span<UInt8>, into batch: inout FrameBatch
  ) throws(LineRejection) {
    guard let first = interfaces.first else { throw LineRejection(.unknownInterface, column: 9) }
    let limit = first.snapLength == 0 ? block.firstWord : min(first.snapLength, block.firstWord)
    let captured = min(Int(limit), rest.count)
    try append(rest.extracting(0..<captured), of: 0, CANFrame.noTime, into: &batch)
  }

  /// Reads `time, options`, two of which count lost packets.
  private mutating func readStatistics(
    _ block: PcapngBlock, _ rest: Span<UInt8>, into batch: inout FrameBatch
  ) throws(LineRejection) {
    let index = Int(block.firstWord)
    guard index < interfaces.count else { throw LineRejection(.unknownInterface, column: 9) }
    guard rest.count >= 8 else { throw LineRejection(.recordLength, column: 1) }
    let ticks =
      UInt64(byteOrder.word32(rest, at: 0)) << 32 | UInt64(byteOrder.word32(rest, at: 4))
    var lost: UInt64 = 0
    var options = PcapngOptions(at: 8)
    while let option = options.next(rest, byteOrder) {
      // By the interface (5), and by the operating system (7).
      guard option.code == 5 || option.code == 7, option.value.count == 8 else { continue }
      let count = byteOrder.word64(rest, at: option.value.lowerBound)
      lost = lost.addingReportingOverflow(count).overflow ? .max : lost + count
    }
    let news = interfaces[index].loseInAll(lost)
    if news > 0 {
      let time = interfaces[index].nanoseconds(ticks) ?? CANFrame.noTime
      tell(lost: news, of: index, time, into: &batch)
    }
  }

  private func tell(lost: Int, of index: Int, _ time: Int64, into batch: inout FrameBatch) {
    batch.append(BusEvent(.framesDropped(lost), timestamp: time, bus: interfaces[index].bus))
  }

  private mutating func append(
    _ packet: Span<UInt8>, of index: Int, _ time: Int64, isSent: Bool = false,
    into batch: inout FrameBatch
  ) throws(LineRejection) {
    let interface = interfaces[index]
    var frame = try interface.link.frame(
      packet, timestamp: time, bus: interface.bus, buses: &buses)
    frame.isSent = frame.kind != .error && (frame.isSent || isSent)
    batch.append(frame)
    frameCount += 1
  }
}
