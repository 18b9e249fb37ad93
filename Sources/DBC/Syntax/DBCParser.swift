/// Reads a DBC file, statement by statement.
///
/// Statements that Busbar has no use for are counted in ``DBCFile/unusedStatements`` and read
/// over; what is malformed in a statement that matters is an error with its place.
struct DBCParser {
  var file: DBCFile
  var token: DBCLexer.Token
  private var lexer: DBCLexer
  /// Index of each message by the number that the file's statements use.
  var messageIndex: [UInt64: Int] = [:]

  init(_ bytes: [UInt8], name: String) throws(DBCError) {
    file = DBCFile(name: name)
    lexer = DBCLexer(DBCText.utf8(bytes), file: name)
    token = try lexer.next()
  }

  mutating func parse() throws(DBCError) -> DBCFile {
    // A file that does not begin with a keyword is another kind of file, not a faulty DBC.
    guard token.kind == .word, Self.keywords.contains(token.text) else {
      throw .notDBC(file: file.name)
    }
    while token.kind != .end { try statement() }
    resolveLongNames()
    return file
  }

  private mutating func statement() throws(DBCError) {
    let keyword = token
    guard keyword.kind == .word else { throw unexpected("a keyword such as BO_ or CM_") }
    try advance()
    switch keyword.text {
    case "VERSION": file.version = try text("the version in quotes")
    case "NS_": try skipNewSymbols()
    case "BS_": try skipToKeyword()
    case "BU_": try nodes()
    case "BO_": try message(at: keyword.location)
    case "SG_": throw .signalWithoutMessage(signal: token.text, at: keyword.location)
    case "CM_": try comment(at: keyword.location)
    case "VAL_": try valueLabels(at: keyword.location)
    case "VAL_TABLE_": try valueTable()
    case "BA_DEF_": try attributeDefinition()
    case "BA_DEF_DEF_": try attributeDefault()
    case "BA_": try attribute(at: keyword.location)
    case "SIG_VALTYPE_": try numberFormat(at: keyword.location)
    case "SG_MUL_VAL_": try selectorValues(at: keyword.location)
    case "SIG_GROUP_": try signalGroup()
    case "EV_":
      file.environmentVariables.append(try word("the name of an environment variable"))
      try skipStatement()
    default:
      file.unusedStatements[keyword.text, default: 0] += 1
      try skipStatement()
    }
  }

  private mutating func nodes() throws(DBCError) {
    try mark(":")
    while token.kind == .word, !startsStatement {
      file.nodes.append(token.text)
      try advance()
    }
  }

  /// `NS_ :` and the list of every keyword that the writing tool knows.
  private mutating func skipNewSymbols() throws(DBCError) {
    while token.kind != .end, !["BS_", "BU_", "BO_"].contains(token.text) { try advance() }
  }

  private mutating func skipToKeyword() throws(DBCError) {
    while token.kind != .end, !startsStatement { try advance() }
  }

  /// Reads over a statement of no interest, to its semicolon or to the next statement.
  private mutating func skipStatement() throws(DBCError) {
    while token.kind != .end, !startsStatement {
      let ends = token.text == ";" && token.kind == .mark
      try advance()
      if ends { return }
    }
  }

  /// Whether a new statement begins here.
  var startsStatement: Bool {
    token.kind == .word && token.startsLine && Self.keywords.contains(token.text)
  }

  static let keywords: Set<String> = [
    "VERSION", "NS_", "BS_", "BU_", "BO_", "SG_", "CM_", "VAL_", "VAL_TABLE_", "BA_DEF_",
    "BA_DEF_DEF_", "BA_", "SIG_VALTYPE_", "SG_MUL_VAL_", "SIG_GROUP_", "EV_", "BO_TX_BU_",
    "ENVVAR_DATA_", "EV_DATA_", "SGTYPE_", "SGTYPE_VAL_", "SIG_TYPE_REF_", "SIGTYPE_VALTYPE_",
    "BA_DEF_REL_", "BA_REL_", "BA_DEF_DEF_REL_", "BA_DEF_SGTYPE_", "BA_SGTYPE_", "CAT_DEF_", "CAT_",
    "FILTER", "BU_SG_REL_", "BU_EV_REL_", "BU_BO_REL_", "NS_DESC_", "VAL_TABLE", "SG_MUL_VAL",
  ]
}

// Reading single tokens.
extension DBCParser {
  mutating func advance() throws(DBCError) { token = try lexer.next() }

  func unexpected(_ expected: String) -> DBCError {
    let found =
      switch token.kind {
      case .end: "the end of the file"
      case .text: "a text in quotes"
      case .word, .number, .mark: "'\(token.text)'"
      }
    return .unexpected(found: found, expected: expected, at: token.location)
  }

  func isMark(_ character: String) -> Bool { token.kind == .mark && token.text == character }

  mutating func mark(_ character: String) throws(DBCError) {
    guard isMark(character) else { throw unexpected("'\(character)'") }
    try advance()
  }

  /// Steps over `character` if it stands here, and says whether it did.
  mutating func optionalMark(_ character: String) throws(DBCError) -> Bool {
    guard isMark(character) else { return false }
    try advance()
    return true
  }

  mutating func word(_ expected: String) throws(DBCError) -> String {
    guard token.kind == .word else { throw unexpected(expected) }
    let text = token.text
    try advance()
    return text
  }

  mutating func text(_ expected: String) throws(DBCError) -> String {
    guard token.kind == .text else { throw unexpected(expected) }
    let text = token.text
    try advance()
    return text
  }

  mutating func unsigned(_ expected: String) throws(DBCError) -> UInt64 {
    guard token.kind == .number, let value = UInt64(token.text) else { throw unexpected(expected) }
    try advance()
    return value
  }

  /// A number with an optional sign.
  mutating func decimal(_ expected: String) throws(DBCError) -> ExactDecimal {
    let isNegative = try optionalMark("-")
    if !isNegative { _ = try optionalMark("+") }
    guard token.kind == .number, let value = ExactDecimal(token.text) else {
      throw unexpected(expected)
    }
    try advance()
    return isNegative
      ? ExactDecimal(significand: -value.significand, exponent: value.exponent) : value
  }

  /// A whole number with an optional sign; decimals of value 0, as in `3.0`, are accepted.
  mutating func integer(_ expected: String) throws(DBCError) -> Int64 {
    let before = token
    let value = try decimal(expected)
    guard let integer = Int64(exactly: value.doubleValue) else {
      throw .unexpected(found: "'\(before.text)'", expected: expected, at: before.location)
    }
    return value.exponent == 0 ? value.significand : integer
  }
}
