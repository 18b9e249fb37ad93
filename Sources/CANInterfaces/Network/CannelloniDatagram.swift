import CANFrames

/// A datagram of the cannelloni protocol, version 2.
///
///     version (1) = 2   what (1) = 0: data   sequence (1)   count (2, big-endian)
///     then for each frame:  identifier (4, big-endian)  length (1)  data
///
/// Identifiers carry SocketCAN's flags. A length with bit 7 set is a CAN FD frame, which has a byte
/// of flags before its data. A remote request has no data, whatever its length.
struct CannelloniDatagram: Hashable, Sendable {
  /// Counts datagrams, modulo 256.
  let sequence: UInt8
  /// The classic frames, without a time: the protocol has none.
  private(set) var frames: [CANFrame] = []
  private(set) var flexibleCount = 0

  private static let extendedFlag: UInt32 = 0x8000_0000
  private static let remoteFlag: UInt32 = 0x4000_0000
  private static let errorFlag: UInt32 = 0x2000_0000

  /// What a datagram can be.
  enum Reading: Hashable, Sendable {
    case data(CannelloniDatagram)
    /// An acknowledgement, which carries no frames.
    case control
    /// Another protocol, or a datagram that was cut.
    case garbage
  }

  static func read(_ bytes: Span<UInt8>) -> Reading {
    guard bytes.count >= 5, bytes[0] == 2 else { return .garbage }
    guard bytes[1] == 0 else { return bytes[1] <= 2 ? .control : .garbage }
    var datagram = Self(sequence: bytes[2])
    var position = 5
    for _ in 0..<(Int(bytes[3]) << 8 | Int(bytes[4])) {
      guard datagram.readFrame(bytes, &position) else { return .garbage }
    }
    return .data(datagram)
  }

  private init(sequence: UInt8) { self.sequence = sequence }

  /// Reads one frame; returns whether it was whole.
  private mutating func readFrame(_ bytes: Span<UInt8>, _ position: inout Int) -> Bool {
    guard position + 5 <= bytes.count else { return false }
    var word: UInt32 = 0
    for index in position..<(position + 4) { word = word << 8 | UInt32(bytes[index]) }
    let isFlexible = bytes[position + 4] & 0x80 != 0
    let length = Int(bytes[position + 4] & 0x7F)
    position += isFlexible ? 6 : 5
    let isRemote = word & Self.remoteFlag != 0 && word & Self.errorFlag == 0
    let dataLength = word & Self.remoteFlag != 0 ? 0 : length
    guard length <= (isFlexible ? 64 : 8), position + dataLength <= bytes.count else {
      return false
    }
    var payload: UInt64 = 0
    for index in 0..<min(8, dataLength) {
      payload |= UInt64(bytes[position + index]) << (8 * UInt64(index))
    }
    position += dataLength
    if isFlexible {
      flexibleCount += 1
      return true
    }
    let isError = word & Self.errorFlag != 0
    let isExtended = isError || word & Self.extendedFlag != 0
    guard
      let identifier = CANIdentifier(
        exactly: word & (isExtended ? 0x1FFF_FFFF : 0x7FF),
        format: isExtended ? .extended : .standard)
    else { return false }
    frames.append(
      CANFrame(
        timestamp: CANFrame.noTime, identifier: identifier,
        kind: isError ? .error : isRemote ? .remote : .data, payload: payload,
        length: UInt8(length)))
    return true
  }
}
