/// What stands in front of the CAN frame in the packets of a capture.
enum CaptureLink: Hashable, Sendable {
  /// Nothing: packets of one CAN interface.
  case socketCAN
  /// The 16 bytes of a capture on `any`.
  case cooked
  /// The 20 bytes of a newer capture on `any`, which tell the interface.
  case cookedWithInterface
  /// Another kind of network.
  case other

  /// The number of ``socketCAN`` in the registry of link types.
  static let socketCANNumber: UInt16 = 227
  /// The type of a cooked packet that was sent by the machine that captured it.
  private static let outgoing: UInt16 = 4

  init(linkType: UInt16) {
    self =
      switch linkType {
      case Self.socketCANNumber: .socketCAN
      case 113: .cooked
      case 276: .cookedWithInterface
      default: .other
      }
  }

  /// Reads the frame in a packet.
  ///
  /// - Parameters:
  ///   - packet: What was captured, its beginning at least.
  ///   - timestamp: When, as ``CANFrame/timestamp`` has it.
  ///   - bus: Where the packet comes from, unless it says so itself.
  ///   - buses: Gets the interface that the packet names; it has a number only, and is called `if3`.
  /// - Returns: The frame.
  /// - Throws: Why the packet is no classic CAN frame.
  func frame(
    _ packet: Span<UInt8>, timestamp: Int64, bus: UInt8, buses: inout BusNames
  ) throws(LineRejection) -> CANFrame {
    switch self {
    case .socketCAN:
      return try SocketCANPacket.frame(packet, timestamp: timestamp, bus: bus)
    case .cooked:
      let frame = try Self.cookedFrame(packet, header: 16, network: 2, content: 14)
      return try SocketCANPacket.frame(
        packet.extracting(frame), timestamp: timestamp, bus: bus,
        isSent: ByteOrder.bigEndian.word16(packet, at: 0) == Self.outgoing)
    case .cookedWithInterface:
      let frame = try Self.cookedFrame(packet, header: 20, network: 8, content: 0)
      let name = Array("if\(ByteOrder.bigEndian.word32(packet, at: 4))".utf8)
      return try SocketCANPacket.frame(
        packet.extracting(frame), timestamp: timestamp, bus: buses.index(of: name.span),
        isSent: UInt16(packet[10]) == Self.outgoing)
    case .other:
      throw LineRejection(.linkType, column: 1)
    }
  }

  /// Where the CAN frame stands in a cooked packet.
  ///
  /// - Parameters:
  ///   - packet: What was captured.
  ///   - header: How long the header is.
  ///   - network: Where it tells the kind of network; 280 is CAN.
  ///   - content: Where it tells what follows; 12 is a classic frame, 13 FD, 14 XL.
  /// - Returns: Its place in the packet.
  /// - Throws: Why there is no classic CAN frame.
  private static func cookedFrame(
    _ packet: Span<UInt8>, header: Int, network: Int, content: Int
  ) throws(LineRejection) -> Range<Int> {
    guard packet.count >= header else {
      throw LineRejection(.packetCut, column: packet.count + 1)
    }
    guard ByteOrder.bigEndian.word16(packet, at: network) == 280 else {
      throw LineRejection(.linkType, column: network + 1)
    }
    switch ByteOrder.bigEndian.word16(packet, at: content) {
    case 12: return header..<packet.count
    case 13: throw LineRejection(.flexibleDataRate, column: content + 1)
    case 14: throw LineRejection(.extraLong, column: content + 1)
    default: throw LineRejection(.linkType, column: content + 1)
    }
  }
}
