import CANFrames

/// What a GVRET adapter sends.
///
///     F1 00  time (4)  identifier (4)  bus and length (1)  data  checksum (1)
///     F1 14  time (4)  identifier (4)  length (1)  bus (1)  data  checksum (1)      CAN FD
///     F1 01  time (4)
///     F1 06  state, bit rate (4)  state, bit rate (4)
///     F1 07  build (2) and four more
///     F1 09  DE AD
///
/// Numbers are little-endian, times in microseconds, and bit 31 of an identifier says that it has
/// 29 bits. The checksum is 0 in every firmware that was looked at.
enum GVRETMessage: Hashable, Sendable {
  /// A frame without its time, which is beside it.
  case frame(CANFrame, time: UInt32)
  case flexibleDataRate
  case time(UInt32)
  case parameters(GVRETParameters)
  case build(UInt16)
  case alive
  /// An answer to what was not asked.
  case other

  /// What the beginning of some bytes is.
  enum Reading: Hashable, Sendable {
    case message(GVRETMessage, length: Int)
    case incomplete
    /// No message begins here.
    case garbage
  }

  /// Reads the message that begins with the first byte.
  static func read(_ bytes: ArraySlice<UInt8>) -> Reading {
    guard let first = bytes.first else { return .incomplete }
    guard first == 0xF1 else { return .garbage }
    guard bytes.count > 1 else { return .incomplete }
    let body = bytes.dropFirst(2)
    switch bytes[bytes.startIndex + 1] {
    case 0x00: return frame(body)
    case 0x14: return flexible(body)
    case 0x01: return fixed(body, 4) { .time(word($0)) }
    case 0x06: return fixed(body, 10) { .parameters(GVRETParameters($0)) }
    case 0x07: return fixed(body, 6) { .build(UInt16(truncatingIfNeeded: word($0.prefix(2)))) }
    case 0x09: return fixed(body, 2) { $0.elementsEqual([0xDE, 0xAD]) ? .alive : nil }
    case 0x0C: return fixed(body, 1) { _ in .other }
    default: return .garbage
    }
  }

  private static func fixed(
    _ body: ArraySlice<UInt8>, _ length: Int, _ make: (ArraySlice<UInt8>) -> GVRETMessage?
  ) -> Reading {
    guard body.count >= length else { return .incomplete }
    return make(body.prefix(length)).map { .message($0, length: length + 2) } ?? .garbage
  }

  private static func frame(_ body: ArraySlice<UInt8>) -> Reading {
    guard body.count >= 9 else { return .incomplete }
    let data = body.dropFirst(9)
    let sizes = body[body.startIndex + 8]
    let length = Int(sizes & 15)
    guard length <= 8, let identifier = identifier(body) else { return .garbage }
    guard data.count > length else { return .incomplete }
    guard data[data.startIndex + length] == 0 else { return .garbage }
    var payload: UInt64 = 0
    for (index, byte) in data.prefix(length).enumerated() {
      payload |= UInt64(byte) << (8 * UInt64(index))
    }
    let frame = CANFrame(
      timestamp: CANFrame.noTime, identifier: identifier, payload: payload, length: UInt8(length),
      bus: sizes >> 4)
    return .message(.frame(frame, time: word(body)), length: 12 + length)
  }

  private static func flexible(_ body: ArraySlice<UInt8>) -> Reading {
    guard body.count >= 10 else { return .incomplete }
    let length = Int(body[body.startIndex + 8])
    guard length <= 64, body[body.startIndex + 9] < 16, identifier(body) != nil else {
      return .garbage
    }
    return body.count < 11 + length
      ? .incomplete : .message(.flexibleDataRate, length: 13 + length)
  }

  private static func identifier(_ body: ArraySlice<UInt8>) -> CANIdentifier? {
    let word = word(body.dropFirst(4))
    return CANIdentifier(
      exactly: word & 0x7FFF_FFFF, format: word >> 31 == 1 ? .extended : .standard)
  }

  fileprivate static func word(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }
}

/// How a GVRET adapter's two first buses are set up.
struct GVRETParameters: Hashable, Sendable {
  let rates: [UInt32]
  /// Whether the buses that have a bit rate are only listened to.
  let isListenOnly: Bool

  fileprivate init(_ body: ArraySlice<UInt8>) {
    let rates = [1, 6].map { GVRETMessage.word(body.dropFirst($0)) & 0xFFFFF }
    let states = [0, 5].map { body.dropFirst($0).first ?? 0 }
    isListenOnly = zip(rates, states).allSatisfy { $0 == 0 || $1 & 0x10 != 0 }
    self.rates = rates
  }
}
