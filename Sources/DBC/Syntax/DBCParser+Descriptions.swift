// What a file tells people: nodes, comments, labels and groups.
extension DBCParser {
  /// Where a signal takes its labels from a table: `VAL_ 858 AlarmHighVoltage Alarm ;`.
  struct TableUse {
    var table: String
    var message: Int
    var signal: Int
    var location: SourceLocation
  }

  /// Reads `BU_: BMS INV`, over any number of lines.
  mutating func nodes() throws(DBCError) {
    try mark(":")
    while isName, !startsStatement {
      file.nodes.append(token.text)
      try advance()
      _ = try optionalMark(",")
    }
  }

  /// Reads a comment on the file, a node, a message or a signal: `CM_ SG_ 854 Current "…";`.
  mutating func comment(at location: SourceLocation) throws(DBCError) {
    let object = token.kind == .word ? token.text : ""
    switch object {
    case "BU_":
      try advance()
      let node = try name("the name of a node")
      file.nodeComments[node] = try commentText()
    case "BO_":
      try advance()
      let message = try messageReference("CM_", at: location)
      let comment = try commentText()
      if let message { file.messages[message].comment = comment }
    case "SG_":
      try advance()
      let target = try signalReference("CM_", at: location)
      let comment = try commentText()
      if let (message, signal) = target { file.messages[message].signals[signal].comment = comment }
    case _ where object != "" && !startsStatement: try skipUnused("CM_ \(object)")
    default:
      let comment = try commentText("a comment in quotes, or BU_, BO_ or SG_ and what it is on")
      file.comment = (file.comment ?? "") + comment
    }
  }

  private mutating func commentText(
    _ expected: String = "a comment in quotes"
  ) throws(DBCError) -> String {
    let comment = try text(expected)
    try endOfStatement()
    return comment
  }

  /// Reads the words for raw values: `VAL_ 858 AlarmHighVoltage 1 "active" 2 "inactive" ;`.
  mutating func valueLabels(at location: SourceLocation) throws(DBCError) {
    guard token.kind == .number else {
      // Of an environment variable.
      _ = try name("the number of a message")
      try skipUnused("VAL_ EV_")
      return
    }
    let target = try signalReference("VAL_", at: location)
    // The older form names a table instead of listing the labels.
    if token.kind == .word, !startsStatement {
      let table = try name("the name of a value table")
      try endOfStatement()
      guard let (message, signal) = target else { return }
      tableUses.append(
        TableUse(table: table, message: message, signal: signal, location: location))
      return
    }
    let labels = try labels()
    guard let (message, signal) = target else { return }
    file.messages[message].signals[signal].labels = labels
  }

  /// Reads `VAL_TABLE_ Alarm 1 "active" 2 "inactive" ;`.
  mutating func valueTable() throws(DBCError) {
    let name = try name("the name of a value table")
    file.valueTables[name] = try labels()
  }

  private mutating func labels() throws(DBCError) -> [Int64: String] {
    var labels: [Int64: String] = [:]
    while token.kind == .number || isMark("-") || isMark("+") {
      let value = try rawValue()
      labels[value] = try text("the value's label in quotes")
    }
    try endOfStatement()
    return labels
  }

  /// Gives signals the labels of the tables that they name.
  mutating func resolveValueTables() {
    for use in tableUses {
      if let labels = file.valueTables[use.table] {
        file.messages[use.message].signals[use.signal].labels = labels
      } else {
        note("VAL_", "value table '\(use.table)'", use.location)
      }
    }
  }

  /// Reads `SIG_GROUP_ 854 Group 1 : Voltage Current;`.
  mutating func signalGroup() throws(DBCError) {
    _ = try unsigned("the number of a message")
    let name = try name("the name of a signal group")
    _ = try unsigned("the number of repetitions")
    try mark(":")
    var signals: [String] = []
    while isName, !startsStatement {
      signals.append(token.text)
      try advance()
      _ = try optionalMark(",")
    }
    try endOfStatement()
    file.signalGroups[name] = signals
  }
}
