import CANFrames

// `BO_` and `SG_`: messages and their signals.
extension DBCParser {
  /// The number of the pseudo-message in which tools keep signals without a message.
  private static let unusedSignals: UInt64 = 0xC000_0000

  /// `BO_ 854 Measurements: 8 BMS` and every `SG_` that follows.
  mutating func message(at location: SourceLocation) throws(DBCError) {
    let number = try unsigned("the number of a message")
    let name = try word("the name of a message")
    try mark(":")
    let length = try unsigned("the length of the message in bytes")
    let sender = token.kind == .word && !startsStatement ? try word("a sender") : ""
    var message = DBCMessage(
      name: name, identifier: nil, length: Int(clamping: length), sender: sender,
      location: location, number: number)
    if number != Self.unusedSignals {
      guard let identifier = Self.identifier(number) else {
        throw .impossibleIdentifier(number: number, message: name, at: location)
      }
      message.identifier = identifier
    }
    while token.kind == .word, token.text == "SG_" {
      let location = token.location
      try advance()
      message.signals.append(try signal(at: location))
    }
    Self.connectToMultiplexor(&message)
    if messageIndex[number] == nil { messageIndex[number] = file.messages.count }
    file.messages.append(message)
  }

  private static func identifier(_ number: UInt64) -> CANIdentifier? {
    guard let bits = UInt32(exactly: number) else { return nil }
    return bits >> 31 == 1
      ? CANIdentifier(exactly: bits & 0x7FFF_FFFF, format: .extended)
      : CANIdentifier(exactly: bits, format: .standard)
  }

  /// `SG_ Current m1 : 16|16@1- (0.1,0) [-3276.8|3276.7] "A" INV,GX`
  private mutating func signal(at location: SourceLocation) throws(DBCError) -> DBCSignal {
    let name = try word("the name of a signal")
    let (isMultiplexor, multiplexValue) = try multiplexing()
    try mark(":")
    let startBit = try unsigned("the start bit")
    try mark("|")
    let length = try unsigned("the length in bits")
    try mark("@")
    guard token.text == "0" || token.text == "1" else {
      throw unexpected("the byte order: 0 (big-endian) or 1 (little-endian)")
    }
    let byteOrder: BitField.ByteOrder = token.text == "1" ? .littleEndian : .bigEndian
    try advance()
    guard isMark("+") || isMark("-") else { throw unexpected("'+' (unsigned) or '-' (signed)") }
    let format: DBCSignal.NumberFormat = isMark("-") ? .signed : .unsigned
    try advance()
    try mark("(")
    let factor = try decimal("the factor")
    try mark(",")
    let offset = try decimal("the offset")
    try mark(")")
    try mark("[")
    let minimum = try bound()
    try mark("|")
    let maximum = try bound()
    try mark("]")
    let unit = try text("the unit in quotes")
    var signal = DBCSignal(
      name: name, startBit: Int(clamping: startBit), length: Int(clamping: length),
      byteOrder: byteOrder, format: format, factor: factor, offset: offset, minimum: minimum,
      maximum: maximum, unit: unit, location: location, shortName: name)
    signal.isMultiplexor = isMultiplexor
    // Which signal selects is known when the whole message has been read.
    signal.selector = multiplexValue.map { DBCSignal.Selector(signal: "", values: [$0...$0]) }
    signal.receivers = try receivers()
    return signal
  }

  /// `M`, `m12` or `m12M` after a signal's name.
  private mutating func multiplexing() throws(DBCError) -> (Bool, UInt64?) {
    guard token.kind == .word else { return (false, nil) }
    var text = Substring(token.text)
    let isMultiplexor = text.last == "M"
    if isMultiplexor { text.removeLast() }
    if text.isEmpty {
      try advance()
      return (true, nil)
    }
    guard text.first == "m", let value = UInt64(text.dropFirst()) else {
      throw unexpected("':' or a multiplexing mark such as M or m1")
    }
    try advance()
    return (isMultiplexor, value)
  }

  /// A bound of the value range; some tools write words such as `inf`, which say nothing.
  private mutating func bound() throws(DBCError) -> ExactDecimal? {
    let start = token
    if start.kind == .mark { try advance() }
    if token.kind == .word {
      try advance()
      return nil
    }
    let isNegative = start.kind == .mark && start.text == "-"
    let value = try decimal("a bound of the value range")
    return isNegative
      ? ExactDecimal(significand: -value.significand, exponent: value.exponent) : value
  }

  private mutating func receivers() throws(DBCError) -> [String] {
    var receivers: [String] = []
    while token.kind == .word, !token.startsLine {
      receivers.append(token.text)
      try advance()
      guard try optionalMark(",") else { break }
    }
    return receivers
  }

  /// Names the multiplexor in every signal that depends on one.
  private static func connectToMultiplexor(_ message: inout DBCMessage) {
    guard let multiplexor = message.signals.first(where: { $0.isMultiplexor && $0.selector == nil })
    else { return }
    for index in message.signals.indices where message.signals[index].selector != nil {
      message.signals[index].selector?.signal = multiplexor.name
    }
  }

  /// `SIG_VALTYPE_ 854 Current : 1;`, which makes a signal IEEE 754.
  mutating func numberFormat(at location: SourceLocation) throws(DBCError) {
    let target = try signalReference("SIG_VALTYPE_", at: location)
    _ = try optionalMark(":")
    let format = try unsigned("0 (integer), 1 (32-bit float) or 2 (64-bit float)")
    _ = try optionalMark(";")
    guard let (message, signal) = target else { return }
    switch format {
    case 1: file.messages[message].signals[signal].format = .float
    case 2: file.messages[message].signals[signal].format = .double
    default: break
    }
  }

  /// `SG_MUL_VAL_ 854 Current Mode 1-3, 5-5;`, extended multiplexing.
  mutating func selectorValues(at location: SourceLocation) throws(DBCError) {
    let target = try signalReference("SG_MUL_VAL_", at: location)
    let multiplexor = try word("the name of the multiplexor")
    var values: [ClosedRange<UInt64>] = []
    repeat {
      let lower = try unsigned("a multiplexor value")
      try mark("-")
      let upper = try unsigned("a multiplexor value")
      guard lower <= upper else { throw unexpected("a range that does not fall") }
      values.append(lower...upper)
    } while try optionalMark(",")
    _ = try optionalMark(";")
    guard let (message, signal) = target else { return }
    file.messages[message].signals[signal].selector =
      DBCSignal.Selector(signal: multiplexor, values: values)
  }

  /// `SIG_GROUP_ 854 Group 1 : Voltage Current;`
  mutating func signalGroup() throws(DBCError) {
    _ = try unsigned("the number of a message")
    let name = try word("the name of a signal group")
    _ = try unsigned("the number of repetitions")
    try mark(":")
    var signals: [String] = []
    while token.kind == .word, !startsStatement {
      signals.append(token.text)
      try advance()
      _ = try optionalMark(",")
    }
    _ = try optionalMark(";")
    file.signalGroups[name] = signals
  }

  /// Reads the number of a message and the name of a signal of it.
  ///
  /// Returns `nil`, and notes the reference, if the file does not have them.
  mutating func signalReference(
    _ statement: String, at location: SourceLocation
  ) throws(DBCError) -> (message: Int, signal: Int)? {
    let number = try unsigned("the number of a message")
    let name = try word("the name of a signal")
    guard let message = messageIndex[number] else {
      note(statement, "message \(number)", location)
      return nil
    }
    let signals = file.messages[message].signals
    guard let signal = signals.firstIndex(where: { $0.shortName == name }) else {
      note(statement, "signal '\(name)' of message \(number)", location)
      return nil
    }
    return (message, signal)
  }

  mutating func note(_ statement: String, _ target: String, _ location: SourceLocation) {
    file.danglingReferences.append(
      DBCDanglingReference(statement: statement, target: target, location: location))
  }
}
