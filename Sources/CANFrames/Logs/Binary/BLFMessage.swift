/// Turns the objects of a BLF file that are about one frame into frames.
enum BLFMessage {
  private static let order = ByteOrder.littleEndian
  private static let extendedFlag: UInt32 = 0x8000_0000
  static let remoteFlag: UInt8 = 0x80
  static let sentFlag: UInt8 = 1
  /// A request to send, which is no frame yet.
  private static let requestFlag: UInt8 = 2

  /// What an object says, before its bus and time are known.
  struct Content: Hashable, Sendable {
    /// The channel, counted from 1.
    var channel: Int
    var identifier: CANIdentifier
    var kind: CANFrame.Kind
    var payload: UInt64
    var length: UInt8
    /// Whether the program that logged it sent it.
    var isSent = false
  }

  /// Reads the content of an object, without its heads.
  ///
  /// - Returns: The content; `nil` for a request to send a frame, which is none yet.
  /// - Throws: Why it is no classic CAN frame.
  static func content(
    _ kind: BLFObject.Kind, _ bytes: Span<UInt8>
  ) throws(LineRejection) -> Content? {
    switch kind {
    case .message, .message2: return try message(bytes)
    case .flexibleDataRate: return try flexible(bytes)
    case .flexibleDataRate64: return try flexible64(bytes)
    case .error:
      try require(2, bytes)
      return error(channel: Int(order.word16(bytes, at: 0)), classes: 0, payload: 0, length: 0)
    case .flexibleDataRateError64:
      try require(2, bytes)
      return error(channel: Int(bytes[0]), classes: 0, payload: 0, length: 0)
    case .extendedError: return try extendedError(bytes)
    case .container, .framesLost: throw LineRejection(.damagedRecord, column: 1)
    }
  }

  /// `channel (16 bits), flags (8), length (8), identifier (32), payload`: flag 0x80 is remote, flag
  /// 1 sent.
  private static func message(_ bytes: Span<UInt8>) throws(LineRejection) -> Content? {
    try require(8, bytes)
    return try classic(
      bytes, channel: Int(order.word16(bytes, at: 0)), flags: bytes[2], length: bytes[3],
      identifier: order.word32(bytes, at: 4), payloadAt: 8)
  }

  /// The same with `frame length (32), bits (8), FD flags (8), bytes (8)` before the payload.
  ///
  /// Channels that can do FD log their classic frames like this too.
  private static func flexible(_ bytes: Span<UInt8>) throws(LineRejection) -> Content? {
    try require(20, bytes)
    if bytes[13] & 1 != 0 { throw LineRejection(.flexibleDataRate, column: 14) }
    return try classic(
      bytes, channel: Int(order.word16(bytes, at: 0)), flags: bytes[2], length: bytes[3],
      identifier: order.word32(bytes, at: 4), payloadAt: 20)
  }

  /// `channel, length, bytes, repetitions (8 bits each), identifier (32), frame length (32), flags
  /// (32), bit rates (64), two times (32 each), bits (16), direction (8)`, and the payload from byte 40.
  private static func flexible64(_ bytes: Span<UInt8>) throws(LineRejection) -> Content? {
    try require(40, bytes)
    let flags = order.word32(bytes, at: 12)
    if flags & 0x1000 != 0 { throw LineRejection(.flexibleDataRate, column: 13) }
    return try classic(
      bytes, channel: Int(bytes[0]),
      flags: (flags & 0x10 != 0 ? remoteFlag : 0) | bytes[34] & (sentFlag | requestFlag),
      length: bytes[1], identifier: order.word32(bytes, at: 4), payloadAt: 40)
  }

  /// `channel (16), length (16), flags (32), code (8), position (8), length code (8), -, frame
  /// length (32), identifier (32), more flags (16), -, payload`.
  ///
  /// Vector's hardware tells a register of its controller (flags, code). Without one, the
  /// identifier is what other programs keep there: the kernel's error classes.
  private static func extendedError(_ bytes: Span<UInt8>) throws(LineRejection) -> Content {
    try require(24, bytes)
    let channel = Int(order.word16(bytes, at: 0))
    let hasRegister = order.word32(bytes, at: 4) != 0 || bytes[8] != 0
    let classes = order.word32(bytes, at: 16) & 0x1FFF_FFFF
    guard !hasRegister, classes != 0 else {
      return error(channel: channel, classes: 0, payload: 0, length: 0)
    }
    let length = min(bytes[10], 8)
    return error(
      channel: channel, classes: classes, payload: try payload(bytes, at: 24, length: length),
      length: length)
  }

  /// An error frame; without classes it is only known that there was an error on the bus.
  private static func error(
    channel: Int, classes: UInt32, payload: UInt64, length: UInt8
  ) -> Content {
    let busError: UInt32 = 0x80
    let identifier =
      CANIdentifier(exactly: classes == 0 ? busError : classes, format: .extended) ?? .standard(0)
    return Content(
      channel: channel, identifier: identifier, kind: .error, payload: payload, length: length)
  }

  private static func classic(
    _ bytes: Span<UInt8>, channel: Int, flags: UInt8, length: UInt8, identifier: UInt32,
    payloadAt position: Int
  ) throws(LineRejection) -> Content? {
    guard flags & (sentFlag | requestFlag) != requestFlag else { return nil }
    // Codes from 9 to 15 mean eight bytes on a classic bus.
    guard length <= 15 else { throw LineRejection(.payloadLength, column: 4) }
    let length = min(length, 8)
    let format: CANIdentifier.Format = identifier & extendedFlag != 0 ? .extended : .standard
    guard let identifier = CANIdentifier(exactly: identifier & ~extendedFlag, format: format) else {
      throw LineRejection(.identifierBits, column: 5)
    }
    let isRemote = flags & remoteFlag != 0
    return Content(
      channel: channel, identifier: identifier, kind: isRemote ? .remote : .data,
      payload: isRemote ? 0 : try payload(bytes, at: position, length: length), length: length,
      isSent: flags & sentFlag != 0)
  }

  private static func payload(
    _ bytes: Span<UInt8>, at position: Int, length: UInt8
  ) throws(LineRejection) -> UInt64 {
    try require(position + Int(length), bytes)
    var payload: UInt64 = 0
    for index in 0..<Int(length) {
      payload |= UInt64(bytes[position + index]) << UInt64(8 * index)
    }
    return payload
  }

  private static func require(_ count: Int, _ bytes: Span<UInt8>) throws(LineRejection) {
    guard bytes.count >= count else {
      throw LineRejection(.recordLength, column: bytes.count + 1)
    }
  }
}
