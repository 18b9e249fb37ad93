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

  let file: String
  let bytes: [UInt8]
  var position = 0
  private var line = 1
  private var lineStart = 0
  private var startsLine = true

  /// Starts at the beginning of `bytes`, which are the file as UTF-8.
  init(_ bytes: [UInt8], file: String) {
    self.file = file
    self.bytes = bytes
    // A byte order mark is no part of the text.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    lineStart = position
  }

  mutating func next() throws(DBCError) -> Token {
    skipBlanks()
    let location = SourceLocation(file: file, line: line, column: position - lineStart + 1)
    let startedLine = startsLine
    startsLine = false
    let start = position
    let kind = kindOfNext()
    switch kind {
    case .end: break
    case .mark: position += 1
    case .word: skip(while: Self.isWordPart)
    case .number:
      skipNumber()
      let end = position
      skip(while: Self.isWordPart)
      if position > end {
        // A name may begin with a digit, such as `12V_Supply`.
        return token(.word, from: start, at: location, startedLine)
      }
    case .text:
      let text = try quotedText(at: location)
      return Token(kind: .text, text: text, location: location, startsLine: startedLine)
    }
    return token(kind, from: start, at: location, startedLine)
  }

  private func kindOfNext() -> Kind {
    guard position < bytes.count else { return .end }
    let byte = bytes[position]
    if byte == UInt8(ascii: "\"") { return .text }
    if Self.isWordStart(byte) { return .word }
    if Self.isDigit(byte) { return .number }
    let isPointOfNumber = byte == UInt8(ascii: ".") && self.byte(at: position + 1, Self.isDigit)
    return isPointOfNumber ? .number : .mark
  }

  private func token(
    _ kind: Kind, from start: Int, at location: SourceLocation, _ startsLine: Bool
  ) -> Token {
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return Token(kind: kind, text: text, location: location, startsLine: startsLine)
  }

  /// Steps over a number such as `12`, `0.1`, `.5`, `1E-05`.
  private mutating func skipNumber() {
    skip(while: Self.isDigit)
    if byte(at: position, { $0 == UInt8(ascii: ".") }) {
      position += 1
      skip(while: Self.isDigit)
    }
    guard byte(at: position, { $0 | 0x20 == UInt8(ascii: "e") }) else { return }
    let isSign: (UInt8) -> Bool = { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    let digits = byte(at: position + 1, isSign) ? position + 2 : position + 1
    guard byte(at: digits, Self.isDigit) else { return }
    position = digits
    skip(while: Self.isDigit)
  }
}

extension DBCLexer {
  /// Whether a line begins with `BO_`, as it does in every DBC file that describes a frame.
  var hasMessage: Bool {
    var startsLine = true
    for index in position..<bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "B"), startsLine, bytes[index...].starts(with: "BO_".utf8),
        !self.byte(at: index + 3, Self.isWordPart)
      {
        return true
      }
      let endsLine = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      startsLine = endsLine || (startsLine && byte <= UInt8(ascii: " "))
    }
    return false
  }
}

// Blanks, comments and line ends.
extension DBCLexer {
  /// Steps over blanks, and over `//` comments, which some tools accept.
  private mutating func skipBlanks() {
    while position < bytes.count {
      if bytes[position] <= UInt8(ascii: " ") {
        skipByte()
      } else if bytes[position] == UInt8(ascii: "/"), byte(at: position + 1, { $0 == 0x2F }) {
        skip(while: { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
      } else {
        return
      }
    }
  }

  /// Steps over one byte and counts the line if it ends one: LF, CR and LF, or CR alone.
  mutating func skipByte() {
    let byte = bytes[position]
    position += 1
    let isFollowedByLF = byte == UInt8(ascii: "\r") && self.byte(at: position, { $0 == 0x0A })
    guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r"), !isFollowedByLF else { return }
    line += 1
    lineStart = position
    startsLine = true
  }

  private mutating func skip(while belongs: (UInt8) -> Bool) {
    while position < bytes.count, belongs(bytes[position]) { position += 1 }
  }

  /// Whether there is a byte at `index` and it is one of those asked for.
  func byte(at index: Int, _ belongs: (UInt8) -> Bool) -> Bool {
    index < bytes.count && belongs(bytes[index])
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  static func isWordStart(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
      || byte >= 0x80
  }

  static func isWordPart(_ byte: UInt8) -> Bool { isWordStart(byte) || isDigit(byte) }
}
