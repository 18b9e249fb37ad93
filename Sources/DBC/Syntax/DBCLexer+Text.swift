// Texts in quotes, over any number of lines.
extension DBCLexer {
  /// Reads from the opening quote to past the closing one, with every line end as LF.
  mutating func quotedText(at location: SourceLocation) throws(DBCError) -> String {
    var content: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\") where isEscapedQuote(at: position + 1):
        content.append(UInt8(ascii: "\""))
        position += 2
      case UInt8(ascii: "\r"):
        skipByte()
        if !self.byte(at: position, { $0 == 0x0A }) { content.append(UInt8(ascii: "\n")) }
      default:
        content.append(byte)
        skipByte()
      }
    }
    throw .unterminatedText(at: location)
  }

  /// Whether a quote after a backslash is part of the text.
  ///
  /// It is not where a statement ends with it, as in `CM_ "C:\logs\";`: then the backslash is the
  /// last character of the text.
  private func isEscapedQuote(at index: Int) -> Bool {
    guard byte(at: index, { $0 == UInt8(ascii: "\"") }) else { return false }
    var next = afterBlanks(from: index + 1)
    if byte(at: next.index, { $0 == UInt8(ascii: ";") }) {
      next = afterBlanks(from: next.index + 1)
    }
    guard next.index < bytes.count else { return false }
    guard next.isOnNewLine, Self.isWordStart(bytes[next.index]) else { return true }
    let word = bytes[next.index...].prefix(while: Self.isWordPart)
    return !DBCParser.keywords.contains(String(decoding: word, as: UTF8.self))
  }

  private func afterBlanks(from start: Int) -> (index: Int, isOnNewLine: Bool) {
    var isOnNewLine = false
    var index = start
    while byte(at: index, { $0 <= UInt8(ascii: " ") }) {
      if bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "\r") {
        isOnNewLine = true
      }
      index += 1
    }
    return (index, isOnNewLine)
  }
}
