// `CM_`, `VAL_`, `BA_` and their kin: what a file says about its messages and signals.
extension DBCParser {
  /// `CM_ "…";`, `CM_ BU_ node "…";`, `CM_ BO_ 854 "…";`, `CM_ SG_ 854 Current "…";`
  mutating func comment(at location: SourceLocation) throws(DBCError) {
    let object = token.text
    if token.kind == .text {
      file.comment = try text("a comment in quotes")
    } else if token.kind == .word, object == "BU_" {
      try advance()
      let node = try word("the name of a node")
      file.nodeComments[node] = try text("a comment in quotes")
    } else if token.kind == .word, object == "BO_" {
      try advance()
      let message = try messageReference("CM_", at: location)
      let comment = try text("a comment in quotes")
      if let message { file.messages[message].comment = comment }
    } else if token.kind == .word, object == "SG_" {
      try advance()
      let target = try signalReference("CM_", at: location)
      let comment = try text("a comment in quotes")
      if let (message, signal) = target { file.messages[message].signals[signal].comment = comment }
    } else if token.kind == .word, object == "EV_" {
      try advance()
      _ = try word("the name of an environment variable")
      _ = try text("a comment in quotes")
    } else {
      throw unexpected("a comment in quotes, or BU_, BO_, SG_ or EV_ and what it is on")
    }
    try mark(";")
  }

  /// `VAL_ 858 AlarmHighVoltage 1 "active" 2 "inactive" ;`, or of an environment variable.
  mutating func valueLabels(at location: SourceLocation) throws(DBCError) {
    guard token.kind == .number else {
      _ = try word("the number of a message or the name of an environment variable")
      _ = try labels()
      return
    }
    let target = try signalReference("VAL_", at: location)
    // The older form names a table instead of listing the labels.
    let labels =
      token.kind == .word && !startsStatement
      ? file.valueTables[try word("the name of a value table")] ?? [:] : try labels()
    _ = try optionalMark(";")
    guard let (message, signal) = target else { return }
    file.messages[message].signals[signal].labels = labels
  }

  /// `VAL_TABLE_ Alarm 1 "active" 2 "inactive" ;`
  mutating func valueTable() throws(DBCError) {
    let name = try word("the name of a value table")
    file.valueTables[name] = try labels()
  }

  private mutating func labels() throws(DBCError) -> [Int64: String] {
    var labels: [Int64: String] = [:]
    while token.kind == .number || isMark("-") {
      let value = try integer("a raw value")
      labels[value] = try text("the value's label in quotes")
    }
    _ = try optionalMark(";")
    return labels
  }

  /// `BA_DEF_ SG_ "BusbarQuantity" STRING ;`
  mutating func attributeDefinition() throws(DBCError) {
    if token.kind == .word, ["BU_", "BO_", "SG_", "EV_"].contains(token.text) { try advance() }
    let name = try text("the name of an attribute in quotes")
    let type = token
    try advance()
    let kind: DBCAttributeDefinition.Kind
    switch type.text {
    case "INT", "HEX": kind = .integer
    case "FLOAT": kind = .decimal
    case "STRING": kind = .text
    case "ENUM":
      var choices: [String] = []
      while token.kind == .text {
        choices.append(try text("a choice in quotes"))
        _ = try optionalMark(",")
      }
      kind = .choice(choices)
    default:
      throw .unexpected(
        found: "'\(type.text)'", expected: "INT, HEX, FLOAT, STRING or ENUM", at: type.location)
    }
    while !isMark(";"), token.kind != .end { try advance() }
    try mark(";")
    file.attributeDefinitions[name] = DBCAttributeDefinition(kind: kind)
  }

  /// `BA_DEF_DEF_ "BusbarQuantity" "";`
  mutating func attributeDefault() throws(DBCError) {
    let name = try text("the name of an attribute in quotes")
    let value = try attributeValue(of: name)
    try mark(";")
    file.attributeDefinitions[name]?.defaultValue = value
  }

  /// `BA_ "BusbarQuantity" SG_ 854 Current "current";`
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
    case "BU_", "EV_":
      try advance()
      _ = try word("a name")
      _ = try attributeValue(of: name)
    default:
      file.attributes[name] = try attributeValue(of: name)
    }
    try mark(";")
  }

  private mutating func attributeValue(of name: String) throws(DBCError) -> DBCAttributeValue {
    if token.kind == .text { return .text(try text("a value")) }
    let number = try decimal("a number or a text in quotes")
    let integer = number.exponent >= 0 ? Int64(exactly: number.doubleValue) : nil
    if case .choice(let choices) = file.attributeDefinitions[name]?.kind, let integer,
      choices.indices.contains(Int(integer))
    {
      return .text(choices[Int(integer)])
    }
    return integer.map { .integer($0) } ?? .decimal(number)
  }

  private mutating func messageReference(
    _ statement: String, at location: SourceLocation
  ) throws(DBCError) -> Int? {
    let number = try unsigned("the number of a message")
    if let message = messageIndex[number] { return message }
    note(statement, "message \(number)", location)
    return nil
  }

  /// Gives messages and signals the long names that 32 characters did not suffice for.
  mutating func resolveLongNames() {
    for message in file.messages.indices {
      if let name = file.messages[message].attributes["SystemMessageLongSymbol"]?.text {
        file.messages[message].name = name
      }
      for signal in file.messages[message].signals.indices {
        if let name =
          file.messages[message].signals[signal].attributes["SystemSignalLongSymbol"]?.text
        {
          rename(signal, of: message, to: name)
        }
      }
    }
  }

  private mutating func rename(_ signal: Int, of message: Int, to name: String) {
    let old = file.messages[message].signals[signal].name
    file.messages[message].signals[signal].name = name
    for other in file.messages[message].signals.indices
    where file.messages[message].signals[other].selector?.signal == old {
      file.messages[message].signals[other].selector?.signal = name
    }
  }
}
