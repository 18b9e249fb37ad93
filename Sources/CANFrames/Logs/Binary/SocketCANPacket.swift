/// A CAN frame as it stands in a packet of a capture.
///
///     byte 0 to 3   identifier and flags, highest byte first: 0x80000000 extended,
///                   0x40000000 remote, 0x20000000 error
///     byte 4        length of the payload; bit 7 marks CAN XL
///     byte 5        flags: 4 is CAN FD
///     byte 8 on     payload
enum SocketCANPacket {
  /// How many bytes of a packet decide what it is: a cooked header and a CAN FD frame.
  static let longest = 20 + 72

  private static let extendedFlag: UInt32 = 0x8000_0000
  private static let remoteFlag: UInt32 = 0x4000_0000
  private static let errorFlag: UInt32 = 0x2000_0000

  /// Reads the frame in a packet, which may have been cut when it was captured.
  ///
  /// - Throws: Why the packet is no classic CAN frame.
  static func frame(
    _ packet: Span<UInt8>, timestamp: Int64, bus: UInt8, isSent: Bool = false
  ) throws(LineRejection) -> CANFrame {
    guard packet.count >= 8 else { throw LineRejection(.packetCut, column: packet.count + 1) }
    let bits = ByteOrder.bigEndian.word32(packet, at: 0)
    let length = packet[4]
    if length & 0x80 != 0 { throw LineRejection(.extraLong, column: 5) }
    // Old kernels do not set the flag; a buffer of 72 bytes is that of a CAN FD frame.
    if packet[5] & 4 != 0 || length > 8 && length <= 64 && packet.count >= 72 {
      throw LineRejection(.flexibleDataRate, column: 6)
    }
    guard length <= 8 else { throw LineRejection(.payloadLength, column: 5) }
    let isError = bits & errorFlag != 0
    let isRemote = !isError && bits & remoteFlag != 0
    var payload: UInt64 = 0
    if !isRemote {
      guard packet.count >= 8 + Int(length) else {
        throw LineRejection(.packetCut, column: packet.count + 1)
      }
      for index in 0..<Int(length) { payload |= UInt64(packet[8 + index]) << UInt64(8 * index) }
    }
    let format: CANIdentifier.Format =
      isError || bits & extendedFlag != 0 ? .extended : .standard
    guard let identifier = CANIdentifier(exactly: bits & 0x1FFF_FFFF, format: format) else {
      throw LineRejection(.identifierBits, column: 1)
    }
    return CANFrame(
      timestamp: timestamp, identifier: identifier,
      kind: isError ? .error : isRemote ? .remote : .data, payload: payload, length: length,
      bus: bus, isSent: isSent && !isError)
  }

  /// Appends a frame as the kernel captures it: always 16 bytes.
  static func append(_ frame: CANFrame, to packet: inout [UInt8]) {
    var bits = frame.identifier.number
    switch frame.kind {
    case .error: bits |= errorFlag
    case .remote: bits |= remoteFlag
    case .data: break
    }
    if frame.kind != .error, frame.identifier.format == .extended { bits |= extendedFlag }
    packet.append(bigEndian: bits)
    packet.append(littleEndian: UInt32(frame.length))
    packet.append(littleEndian: frame.payload)
  }
  static let writtenLength = 16
}
