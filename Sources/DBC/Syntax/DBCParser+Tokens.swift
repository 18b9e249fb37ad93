// Reading single tokens.
extension DBCParser {
  mutating func advance() throws(DBCError) { token = try lexer.next() }

  func unexpected(_ expected: String) -> DBCError {
    let found =
      switch token.kind {
      case .end: "the end of the file"
      case .text: "a text in quotes"
      case .word, .number, .mark:
        token.text.utf8.count > 60 ? "'\(token.text.prefix(60))...'" : "'\(token.text)'"
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

  /// Ends a statement: with a semicolon, or where the file forgot it.
  mutating func endOfStatement() throws(DBCError) {
    if try optionalMark(";") { return }
    guard startsStatement || token.kind == .end else { throw unexpected("';'") }
  }

  /// Whether a name stands here; some names are all digits.
  var isName: Bool {
    token.kind == .word
      || (token.kind == .number && token.text.utf8.allSatisfy(DBCLexer.isWordPart))
  }

  mutating func name(_ expected: String) throws(DBCError) -> String {
    guard isName, !startsStatement else { throw unexpected(expected) }
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
}

// Reading numbers.
extension DBCParser {
  mutating func unsigned(
    _ expected: String, in range: ClosedRange<UInt64> = 0...UInt64.max
  ) throws(DBCError) -> UInt64 {
    guard token.kind == .number, let value = UInt64(token.text), range.contains(value) else {
      throw unexpected(expected)
    }
    try advance()
    return value
  }

  /// A number with an optional sign.
  mutating func decimal(_ expected: String) throws(DBCError) -> ExactDecimal {
    let isNegative = try sign()
    guard token.kind == .number, let value = ExactDecimal(token.text) else {
      throw unexpected(expected)
    }
    try advance()
    return isNegative ? value.negated : value
  }

  /// A raw value: a whole number with an optional sign; decimals of value 0 are accepted.
  ///
  /// One above `Int64.max` is given by its 64 bits, as ``BitField/integer(in:)`` gives it.
  mutating func rawValue() throws(DBCError) -> Int64 {
    let isNegative = try sign()
    let digits = token.text
    let exact = isNegative ? Int64("-" + digits) : UInt64(digits).map(Int64.init(bitPattern:))
    // Up to here nothing is lost in a decimal number.
    let decimal = digits.utf8.count <= 18 ? ExactDecimal(digits)?.integer : nil
    guard token.kind == .number, let value = exact ?? decimal.map({ isNegative ? -$0 : $0 }) else {
      throw unexpected("a raw value, which is a whole number of at most 64 bits")
    }
    try advance()
    return value
  }

  /// Steps over a sign, and says whether it was a minus.
  private mutating func sign() throws(DBCError) -> Bool {
    let isNegative = try optionalMark("-")
    if !isNegative { _ = try optionalMark("+") }
    return isNegative
  }
}
