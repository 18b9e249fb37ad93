// Attributes: `BA_DEF_`, `BA_DEF_DEF_`, `BA_`.
extension DBCParser {
  /// Reads a definition: `BA_DEF_ SG_ "BusbarQuantity" STRING ;`.
  mutating func attributeDefinition() throws(DBCError) {
    if token.kind == .word, Self.objects.contains(token.text) { try advance() }
    let name = try text("the name of an attribute in quotes")
    let kind = try attributeKind()
    // What is left is the range of a number.
    try skipStatement()
    file.attributeDefinitions[name] = DBCAttributeDefinition(kind: kind)
  }

  private mutating func attributeKind() throws(DBCError) -> DBCAttributeDefinition.Kind {
    let expected = "INT, HEX, FLOAT, STRING or ENUM"
    let type = token
    guard type.kind == .word else { throw unexpected(expected) }
    try advance()
    switch type.text {
    case "INT", "HEX": return .integer
    case "FLOAT": return .decimal
    case "STRING": return .text
    case "ENUM":
      var choices: [String] = []
      while token.kind == .text {
        choices.append(try text("a choice in quotes"))
        _ = try optionalMark(",")
      }
      return .choice(choices)
    default:
      throw .unexpected(found: "'\(type.text)'", expected: expected, at: type.location)
    }
  }

  /// Reads `BA_DEF_DEF_ "BusbarQuantity" "";`.
  mutating func attributeDefault(at location: SourceLocation) throws(DBCError) {
    let name = try text("the name of an attribute in quotes")
    let value = try attributeValue(of: name)
    if file.attributeDefinitions[name] == nil {
      note("BA_DEF_DEF_", "attribute '\(name)'", location)
    }
    file.attributeDefinitions[name]?.defaultValue = value
  }

  /// Reads `BA_ "BusbarQuantity" SG_ 854 Current "current";`.
  mutating func attribute(at location: SourceLocation) throws(DBCError) {
    let name = try text("the name of an attribute in quotes")
    let object = token.kind == .word ? token.text : ""
    switch object {
    case "SG_":
      try advance()
      let target = try signalReference("BA_", at: location)
      let value = try attributeValue(of: name)
      if let (message, signal) = target {
        file.messages[message].signals[signal].attributes[name] = value
      }
    case "BO_":
      try advance()
      let message = try messageReference("BA_", at: location)
      let value = try attributeValue(of: name)
      if let message { file.messages[message].attributes[name] = value }
    case "BU_", "EV_": try skipUnused("BA_ \(object)")
    default: file.attributes[name] = try attributeValue(of: name)
    }
  }

  /// Reads a value to the end of its statement, and takes it as its attribute is defined.
  private mutating func attributeValue(of name: String) throws(DBCError) -> DBCAttributeValue {
    let isText = token.kind == .text
    var text = ""
    if isText {
      text = try self.text("a value")
    } else {
      if isMark("-") || isMark("+") {
        text = token.text
        try advance()
      }
      guard token.kind == .number else { throw unexpected("a number or a text in quotes") }
      text += token.text
      try advance()
    }
    try endOfStatement()
    return DBCAttributeValue(text, isText: isText, as: file.attributeDefinitions[name]?.kind)
  }
}

extension DBCAttributeValue {
  /// Takes what a file writes, in quotes or not, as a value of a kind.
  ///
  /// Files write choices as text or by index, and some tools put numbers in quotes.
  fileprivate init(_ text: String, isText: Bool, as kind: DBCAttributeDefinition.Kind?) {
    let integer = Int64(text) ?? ExactDecimal(text)?.integer
    let number = integer.map(Self.integer) ?? ExactDecimal(text).map(Self.decimal)
    if case .choice(let choices) = kind, !isText, let integer,
      choices.indices.contains(Int(clamping: integer))
    {
      self = .text(choices[Int(clamping: integer)])
    } else if kind == .integer || kind == .decimal || (!isText && kind != .text) {
      self = number ?? .text(text)
    } else {
      self = .text(text)
    }
  }
}
