package import CANFrames

/// What the frames of one column group of a block have in common.
package struct FrameStream: Hashable, Sendable {
  /// An index into the block's bus names.
  package var bus: UInt8
  package var kind: CANFrame.Kind
  package var identifier: CANIdentifier
  /// The payload's length in bytes, `0...8`; of a remote request, the length that it asks for.
  package var length: UInt8
  package var isSent: Bool

  /// How many bytes of payload there are.
  var payloadLength: Int { kind == .remote ? 0 : Int(length) }

  init(_ frame: CANFrame) {
    bus = frame.bus
    kind = frame.kind
    identifier = frame.identifier
    length = frame.length
    isSent = frame.isSent
  }

  /// All of it in one word, different for different streams.
  @inline(__always) static func key(_ frame: CANFrame) -> UInt64 {
    let identifier =
      UInt64(frame.identifier.number) | UInt64(frame.identifier.format.rawValue) << 29
    return identifier | UInt64(frame.kind.rawValue) << 30 | UInt64(frame.length) << 32
      | UInt64(frame.bus) << 36 | (frame.isSent ? 1 << 44 : 0)
  }

  init(reading reader: inout ByteReader, busCount: Int) throws(BlockError) {
    bus = try reader.byte()
    let shape = try reader.byte()
    let number = try reader.varint()
    let format: CANIdentifier.Format = shape & 4 == 0 ? .standard : .extended
    guard bus < busCount, let kind = CANFrame.Kind(rawValue: shape & 3), shape >> 4 <= 8,
      let number = UInt32(exactly: number),
      let identifier = CANIdentifier(exactly: number, format: format)
    else { throw .malformed("a stream is none") }
    self.kind = kind
    self.identifier = identifier
    length = shape >> 4
    isSent = shape & 8 != 0
  }

  /// Bus, then kind, format, direction and length in one byte, then the identifier's number.
  func write(to writer: inout ByteWriter) {
    writer.append(bus)
    writer.append(
      kind.rawValue | identifier.format.rawValue << 2 | (isSent ? 8 : 0) | length << 4)
    writer.append(varint: UInt64(identifier.number))
  }
}
