// Names that 32 characters did not suffice for stand in attributes.
extension DBCParser {
  /// Gives messages and signals their long names; what refers to them follows.
  mutating func resolveLongNames() {
    for index in file.messages.indices {
      if let name = Self.longName(file.messages[index].attributes["SystemMessageLongSymbol"]) {
        file.messages[index].name = name
      }
      Self.renameSignals(of: &file.messages[index])
    }
  }

  private static func renameSignals(of message: inout DBCMessage) {
    var longNames: [String: String] = [:]
    for index in message.signals.indices {
      let attribute = message.signals[index].attributes["SystemSignalLongSymbol"]
      guard let name = longName(attribute) else { continue }
      longNames[message.signals[index].shortName] = name
      message.signals[index].name = name
    }
    guard !longNames.isEmpty else { return }
    for index in message.signals.indices {
      guard let multiplexor = message.signals[index].selector?.signal else { continue }
      message.signals[index].selector?.signal = longNames[multiplexor] ?? multiplexor
    }
  }

  private static func longName(_ attribute: DBCAttributeValue?) -> String? {
    guard let name = attribute?.text, !name.isEmpty else { return nil }
    return name
  }
}
