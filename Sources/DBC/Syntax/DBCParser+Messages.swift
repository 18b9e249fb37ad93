import CANFrames

// Messages and their signals: `BO_`, `SG_`, `SIG_VALTYPE_`.
extension DBCParser {
  /// The number and the name of the pseudo-message in which tools keep signals without a message.
  private static let unusedSignals: (number: UInt64, name: String) =
    (0xC000_0000, "VECTOR__INDEPENDENT_SIG_MSG")
  /// Far above CAN FD's 64 bytes: transport protocols and other buses have longer ones.
  private static let longestMessage: UInt64 = 65_535

  /// Reads a message and every signal that follows: `BO_ 854 Measurements: 8 BMS`.
  mutating func message(at location: SourceLocation) throws(DBCError) {
    let number = try unsigned("the number of a message")
    let name = try name("the name of a message")
    try mark(":")
    let length = try unsigned(
      "the length of the message in bytes, at most 65535", in: 0...Self.longestMessage)
    let sender = isName && !token.startsLine ? try self.name("a sender") : ""
    _ = try optionalMark(";")
    var message = DBCMessage(
      name: name, identifier: nil, length: Int(length), sender: sender, location: location,
      number: number)
    if number != Self.unusedSignals.number, name != Self.unusedSignals.name {
      message.identifier = Self.identifier(number)
      if message.identifier == nil {
        file.faults.append(.impossibleIdentifier(number: number, message: name, at: location))
      }
    }
    message.signals = try signals()
    Self.connectToMultiplexor(&message)
    add(message)
  }

  private mutating func add(_ message: DBCMessage) {
    if messageIndex[message.number] == nil { messageIndex[message.number] = file.messages.count }
    let names = message.signals.enumerated().map { ($1.shortName, $0) }
    signalIndex.append(Dictionary(names) { first, _ in first })
    file.messages.append(message)
  }

  private static func identifier(_ number: UInt64) -> CANIdentifier? {
    guard let bits = UInt32(exactly: number) else { return nil }
    return bits >> 31 == 1
      ? CANIdentifier(exactly: bits & 0x7FFF_FFFF, format: .extended)
      : CANIdentifier(exactly: bits, format: .standard)
  }

  private mutating func signals() throws(DBCError) -> [DBCSignal] {
    var signals: [DBCSignal] = []
    while token.kind == .word, token.text == "SG_" {
      let location = token.location
      try advance()
      signals.append(try signal(at: location))
      _ = try optionalMark(";")
    }
    return signals
  }

  /// Reads `SG_ Current m1 : 16|16@1- (0.1,0) [-3276.8|3276.7] "A" INV,GX` from its name on.
  private mutating func signal(at location: SourceLocation) throws(DBCError) -> DBCSignal {
    let name = try name("the name of a signal")
    let (isMultiplexor, multiplexValue) = try multiplexing()
    try mark(":")
    let bits = 8 * Self.longestMessage
    let startBit = try unsigned("the start bit, at most \(bits - 1)", in: 0...bits - 1)
    try mark("|")
    let length = try unsigned("the length in bits, 1 to \(bits)", in: 1...bits)
    try mark("@")
    let byteOrder = try byteOrder()
    guard isMark("+") || isMark("-") else { throw unexpected("'+' (unsigned) or '-' (signed)") }
    let format: DBCSignal.NumberFormat = isMark("-") ? .signed : .unsigned
    try advance()
    try mark("(")
    let factor = try decimal("the factor")
    try mark(",")
    let offset = try decimal("the offset")
    try mark(")")
    try mark("[")
    let minimum = try bound(before: "|")
    let maximum = try bound(before: "]")
    let unit = try text("the unit in quotes")
    var signal = DBCSignal(
      name: name, startBit: Int(startBit), length: Int(length), byteOrder: byteOrder,
      format: format, factor: factor, offset: offset, minimum: minimum, maximum: maximum,
      unit: unit, location: location, shortName: name)
    signal.isMultiplexor = isMultiplexor
    // Which signal selects is known when the whole message has been read.
    signal.selector = multiplexValue.map { DBCSignal.Selector(signal: "", values: [$0...$0]) }
    signal.receivers = try receivers()
    return signal
  }

  private mutating func byteOrder() throws(DBCError) -> BitField.ByteOrder {
    guard token.kind == .number, token.text == "0" || token.text == "1" else {
      throw unexpected("the byte order: 0 (big-endian) or 1 (little-endian)")
    }
    let isLittleEndian = token.text == "1"
    try advance()
    return isLittleEndian ? .littleEndian : .bigEndian
  }

  /// A bound of the value range, which only describes.
  ///
  /// What is no number, such as `inf`, `1.#QNAN` or `4E+481`, says nothing.
  private mutating func bound(before end: String) throws(DBCError) -> ExactDecimal? {
    let line = token.location.line
    var text = ""
    while !isMark(end) {
      guard token.kind != .end, token.kind != .text, token.location.line == line else {
        throw unexpected("'\(end)' after a bound of the value range")
      }
      text += token.text
      try advance()
    }
    try advance()
    return ExactDecimal(text)
  }

  /// The receivers: separated by commas, which may end a line, or by blanks.
  private mutating func receivers() throws(DBCError) -> [String] {
    var receivers: [String] = []
    var followsComma = false
    while isName, followsComma ? !startsStatement : !token.startsLine {
      receivers.append(token.text)
      try advance()
      followsComma = try optionalMark(",")
    }
    return receivers
  }

  /// Reads `SIG_VALTYPE_ 854 Current : 1;`, which makes a signal IEEE 754.
  mutating func numberFormat(at location: SourceLocation) throws(DBCError) {
    let target = try signalReference("SIG_VALTYPE_", at: location)
    _ = try optionalMark(":")
    let format = try unsigned("0 (integer), 1 (32-bit float) or 2 (64-bit float)", in: 0...2)
    try endOfStatement()
    guard let (message, signal) = target, format > 0 else { return }
    file.messages[message].signals[signal].format = format == 1 ? .float : .double
  }
}
