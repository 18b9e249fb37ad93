import CANFrames

extension DBCFile {
  /// Reads and checks a DBC file.
  ///
  /// - Parameters:
  ///   - bytes: The file's contents, in UTF-8 or Windows code page 1252.
  ///   - name: The file's name, for messages.
  /// - Throws: ``DBCError`` for the first fault that would make a decoded value wrong, or if no
  ///   message is whole. What is unknown, unused, about things that are not there, or cannot be is
  ///   named in the result.
  public init(parsing bytes: [UInt8], name: String) throws(DBCError) {
    var parser = try DBCParser(bytes, name: name)
    self = try parser.parse()
    guard !messages.isEmpty else { throw .notDBC(file: name) }
    try check()
  }

  private mutating func check() throws(DBCError) {
    var names: [CANIdentifier: String] = [:]
    var wholeMessages = 0
    for index in messages.indices {
      guard let identifier = messages[index].identifier else { continue }
      if let first = names.updateValue(messages[index].name, forKey: identifier) {
        throw .duplicateMessage(
          message: messages[index].name, first: first, identifier: identifier.description,
          at: messages[index].location)
      }
      try messages[index].check()
      let outside = messages[index].removeSignalsOutside()
      faults += outside
      if outside.isEmpty { wholeMessages += 1 }
    }
    // A file of which nothing is whole is better put right than used.
    if wholeMessages == 0, let fault = faults.first(where: \.concernsFrames) { throw fault }
  }
}

extension DBCError {
  /// Whether frames cannot be decoded because of it.
  fileprivate var concernsFrames: Bool {
    switch self {
    case .impossibleIdentifier, .signalOutsideMessage: true
    default: false
    }
  }
}

extension DBCMessage {
  fileprivate func check() throws(DBCError) {
    var names: Set<String> = []
    for signal in signals {
      guard names.insert(signal.name).inserted else {
        throw .duplicateSignal(signal: signal.name, message: name, at: signal.location)
      }
      if signal.factor == .zero { throw .zeroFactor(signal: signal.name, at: signal.location) }
      // What a multiplexing mark depends on is named once the message has a multiplexor.
      if signal.selector?.signal == "" {
        throw .missingMultiplexor(signal: signal.name, message: name, at: signal.location)
      }
    }
  }

  /// Leaves out the signals that reach past the end of the message, and says which.
  fileprivate mutating func removeSignalsOutside() -> [DBCError] {
    let outside = signals.filter { $0.lastBit >= length * 8 }
    guard !outside.isEmpty else { return [] }
    signals.removeAll { $0.lastBit >= length * 8 }
    return outside.map {
      .signalOutsideMessage(
        signal: $0.name, message: name, lastBit: $0.lastBit, messageBytes: length, at: $0.location)
    }
  }
}

extension DBCSignal {
  /// The highest bit that the signal reaches, counted as `8 * byte + bit` in payload order.
  fileprivate var lastBit: Int {
    switch byteOrder {
    case .littleEndian: startBit + length - 1
    case .bigEndian: (startBit / 8) * 8 + (7 - startBit % 8) + length - 1
    }
  }
}
