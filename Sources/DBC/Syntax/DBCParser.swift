/// Reads a DBC file, statement by statement.
///
/// What decides how a frame is decoded (messages, signals, number formats, multiplexing) has to be
/// right: the first fault is an error with its place. What only describes (comments, labels,
/// attributes) is no reason to refuse the file: a fault is kept in ``DBCFile/faults`` and the
/// statement left out. Statements that Busbar has no use for are counted in
/// ``DBCFile/unusedStatements`` and read over.
struct DBCParser {
  var file: DBCFile
  var token: DBCLexer.Token
  var lexer: DBCLexer
  /// Index of each message by the number that the file's statements use.
  var messageIndex: [UInt64: Int] = [:]
  /// For each message, the index of each signal by the name that the file's statements use.
  var signalIndex: [[String: Int]] = []
  /// Signals that take their labels from a value table, which may stand further down.
  var tableUses: [TableUse] = []

  init(_ bytes: [UInt8], name: String) throws(DBCError) {
    file = DBCFile(name: name)
    lexer = DBCLexer(DBCText.utf8(bytes), file: name)
    // Without a message it is another kind of file, not a faulty DBC.
    guard lexer.hasMessage else { throw .notDBC(file: name) }
    token = try lexer.next()
  }

  mutating func parse() throws(DBCError) -> DBCFile {
    while token.kind != .end { try statement() }
    resolveValueTables()
    resolveLongNames()
    return file
  }

  private mutating func statement() throws(DBCError) {
    // A semicolon too many.
    if try optionalMark(";") { return }
    let keyword = token
    guard keyword.kind == .word else { throw unexpected("a keyword such as BO_ or CM_") }
    try advance()
    switch keyword.text {
    case "BO_": try message(at: keyword.location)
    case "SG_": throw .signalWithoutMessage(signal: token.text, at: keyword.location)
    case "SIG_VALTYPE_": try numberFormat(at: keyword.location)
    case "SG_MUL_VAL_": try selectorValues(at: keyword.location)
    default:
      do throws(DBCError) {
        try description(keyword)
      } catch {
        // A text without an end takes the rest of the file with it, messages and all.
        if case .unterminatedText = error { throw error }
        file.faults.append(error)
        try skipStatement()
      }
    }
  }

  /// A statement without influence on the numbers that frames hold.
  private mutating func description(_ keyword: DBCLexer.Token) throws(DBCError) {
    switch keyword.text {
    case "VERSION": file.version = try text("the version in quotes")
    case "NS_": try skipNewSymbols()
    case "BS_": try skipToKeyword()
    case "BU_": try nodes()
    case "CM_": try comment(at: keyword.location)
    case "VAL_": try valueLabels(at: keyword.location)
    case "VAL_TABLE_": try valueTable()
    case "BA_DEF_": try attributeDefinition()
    case "BA_DEF_DEF_": try attributeDefault(at: keyword.location)
    case "BA_": try attribute(at: keyword.location)
    case "SIG_GROUP_": try signalGroup()
    case "EV_":
      file.environmentVariables.append(try name("the name of an environment variable"))
      try skipStatement()
    default: try skipUnused(keyword.text)
    }
  }
}

// Statements that are read over.
extension DBCParser {
  static let keywords: Set<String> = [
    "VERSION", "NS_", "BS_", "BU_", "BO_", "SG_", "CM_", "VAL_", "VAL_TABLE_", "BA_DEF_",
    "BA_DEF_DEF_", "BA_", "SIG_VALTYPE_", "SG_MUL_VAL_", "SIG_GROUP_", "EV_", "BO_TX_BU_",
    "ENVVAR_DATA_", "EV_DATA_", "SGTYPE_", "SGTYPE_VAL_", "SIG_TYPE_REF_", "SIGTYPE_VALTYPE_",
    "BA_DEF_REL_", "BA_REL_", "BA_DEF_DEF_REL_", "BA_DEF_SGTYPE_", "BA_SGTYPE_", "CAT_DEF_", "CAT_",
    "FILTER", "BU_SG_REL_", "BU_EV_REL_", "BU_BO_REL_", "NS_DESC_", "VAL_TABLE", "SG_MUL_VAL",
  ]

  /// What a comment or an attribute can be about; these keywords also stand inside statements.
  static let objects: Set<String> = ["BU_", "BO_", "SG_", "EV_"]

  /// Whether a new statement begins here.
  var startsStatement: Bool {
    token.kind == .word && token.startsLine && Self.keywords.contains(token.text)
  }

  /// Reads over a statement, to its semicolon or to the next statement.
  mutating func skipStatement() throws(DBCError) {
    while token.kind != .end, !startsStatement {
      if try optionalMark(";") { return }
      try advance()
    }
  }

  /// Reads over a statement that Busbar has no use for, and counts it under `name`.
  mutating func skipUnused(_ name: String) throws(DBCError) {
    file.unusedStatements[name, default: 0] += 1
    try skipStatement()
  }

  private mutating func skipToKeyword() throws(DBCError) {
    while token.kind != .end, !startsStatement { try advance() }
  }

  /// Reads over `NS_ :` and the list of every keyword that the writing tool knows.
  ///
  /// The list ends where a keyword has something to say: `BS_:`, `BO_ 849 …`, `CM_ "…"`.
  private mutating func skipNewSymbols() throws(DBCError) {
    while token.kind != .end {
      var ahead = lexer
      let next = try ahead.next()
      let isSymbol = next.kind == .word && Self.keywords.contains(next.text)
      let isAlone =
        next.startsLine || next.kind == .end || (isSymbol && !Self.objects.contains(next.text))
      if startsStatement, !isAlone { return }
      try advance()
    }
  }
}
