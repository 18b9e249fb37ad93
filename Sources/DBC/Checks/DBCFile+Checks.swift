import CANFrames

extension DBCFile {
  /// Reads and checks a DBC file.
  ///
  /// - Parameters:
  ///   - bytes: The file's contents, in UTF-8 or Windows code page 1252.
  ///   - name: The file's name, for messages.
  /// - Throws: ``DBCError`` for the first fault that would make a decoded value wrong. Statements
  ///   that are unknown, unused or about things that are not there are kept in the result.
  public init(parsing bytes: [UInt8], name: String) throws(DBCError) {
    var parser = try DBCParser(bytes, name: name)
    self = try parser.parse()
    guard !messages.isEmpty else { throw .notDBC(file: name) }
    try check()
  }

  private func check() throws(DBCError) {
    var names: [CANIdentifier: String] = [:]
    for message in messages {
      guard let identifier = message.identifier else { continue }
      if let first = names.updateValue(message.name, forKey: identifier) {
        throw .duplicateMessage(
          message: message.name, first: first, identifier: identifier.description,
          at: message.location)
      }
      try message.check()
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
      let lastBit = signal.lastBit
      guard lastBit < length * 8 else {
        throw .signalOutsideMessage(
          signal: signal.name, message: name, lastBit: lastBit, messageBytes: length,
          at: signal.location)
      }
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
