/// Cuts a DBC file into words, numbers, texts and marks, each with its place.
struct DBCLexer {
  enum Kind: Hashable {
    case word
    case number
    case text
    /// One character: `: ; | @ + - ( ) [ ] ,`.
    case mark
    case end
  }

  struct Token: Hashable {
    var kind: Kind
    /// The word, the digits, the text without its quotes, or the character.
    var text: String
    var location: SourceLocation
    /// Whether it is the first of its line, however far that is indented.
    var startsLine: Bool
  }

  private let file: String
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var lineStart = 0
  private var startsLine = true

  /// - Parameter bytes: The file as UTF-8.
  init(_ bytes: [UInt8], file: String) {
    self.file = file
    self.bytes = bytes
    // A byte order mark is no part of the text.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  mutating func next() throws(DBCError) -> Token {
    skipBlanks()
    let location = SourceLocation(file: file, line: line, column: position - lineStart + 1)
    defer { startsLine = false }
    guard position < bytes.count else {
      return Token(kind: .end, text: "", location: location, startsLine: startsLine)
    }
    let byte = bytes[position]
    if byte == UInt8(ascii: "\"") { return try text(at: location) }
    if Self.isWordStart(byte) {
      return token(.word, while: Self.isWordPart, at: location)
    }
    if Self.isDigit(byte) || byte == UInt8(ascii: ".") { return number(at: location) }
    position += 1
    let text = String(decoding: [byte], as: UTF8.self)
    return Token(kind: .mark, text: text, location: location, startsLine: startsLine)
  }

  private mutating func skipBlanks() {
    while position < bytes.count, bytes[position] <= UInt8(ascii: " ") {
      if bytes[position] == UInt8(ascii: "\n") { countLine() }
      position += 1
    }
  }

  private mutating func countLine() {
    line += 1
    lineStart = position + 1
    startsLine = true
  }

  private mutating func token(
    _ kind: Kind, while belongs: (UInt8) -> Bool, at location: SourceLocation
  ) -> Token {
    let start = position
    while position < bytes.count, belongs(bytes[position]) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return Token(kind: kind, text: text, location: location, startsLine: startsLine)
  }

  /// A number such as `12`, `0.1`, `1E-05`; or a name that begins with a digit.
  private mutating func number(at location: SourceLocation) -> Token {
    let start = position
    func skipDigits(_ position: inout Int) {
      while position < bytes.count, Self.isDigit(bytes[position]) { position += 1 }
    }
    skipDigits(&position)
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      skipDigits(&position)
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      var exponent = position + 1
      if exponent < bytes.count, bytes[exponent] == UInt8(ascii: "-") || bytes[exponent] == UInt8(ascii: "+") {
        exponent += 1
      }
      let digits = exponent
      skipDigits(&exponent)
      if exponent > digits { position = exponent }
    }
    var kind = Kind.number
    while position < bytes.count, Self.isWordPart(bytes[position]) {
      kind = .word
      position += 1
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return Token(kind: kind, text: text, location: location, startsLine: startsLine)
  }

  /// A text in quotes, over any number of lines; `\"` is a quote inside it.
  private mutating func text(at location: SourceLocation) throws(DBCError) -> Token {
    let startedLine = startsLine
    var content: [UInt8] = []
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count,
        bytes[position + 1] == UInt8(ascii: "\"")
      {
        position += 1
      } else if bytes[position] == UInt8(ascii: "\n") {
        countLine()
      }
      if bytes[position] != UInt8(ascii: "\r") { content.append(bytes[position]) }
      position += 1
    }
    guard position < bytes.count else { throw .unterminatedText(at: location) }
    position += 1
    return Token(
      kind: .text, text: String(decoding: content, as: UTF8.self), location: location,
      startsLine: startedLine)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isWordStart(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
      || byte >= 0x80
  }

  private static func isWordPart(_ byte: UInt8) -> Bool { isWordStart(byte) || isDigit(byte) }
}
