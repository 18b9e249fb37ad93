/// What terminals and forums add to a line: colours, hard blanks, quote marks.
enum PastedText {
  private static let escape: UInt8 = 0x1B

  /// Whether a line holds anything that ``clean(_:into:)`` would change or refuse.
  static func needsCleaning(_ line: Span<UInt8>) -> Bool {
    for index in line.indices where line[index] >= 0x7F || line[index] < 0x20 {
      if line[index] != UInt8(ascii: "\t") { return true }
    }
    return false
  }

  /// Copies a line without colour codes, with hard blanks as blanks.
  ///
  /// - Throws: `notText` for a line with NUL or other control characters.
  static func clean(_ line: Span<UInt8>, into copy: inout [UInt8]) throws(LineRejection) {
    copy.removeAll(keepingCapacity: true)
    var position = 0
    while position < line.count {
      let byte = line[position]
      if byte == escape {
        skipEscapeSequence(line, &position)
      } else if LineScanner.skip("\u{A0}", line, &position)
        || LineScanner.skip("\u{202F}", line, &position)
      {
        copy.append(UInt8(ascii: " "))
      } else if LineScanner.skip("\u{FEFF}", line, &position)
        || LineScanner.skip("\u{200B}", line, &position)
      {
        continue
      } else if byte < 0x20, byte != UInt8(ascii: "\t"), byte != UInt8(ascii: "\r") {
        throw LineRejection(.notText, column: position + 1)
      } else {
        copy.append(byte)
        position += 1
      }
    }
  }

  /// Steps over indentation and the marks that quote a line, `>` and its HTML form.
  static func skipQuoteMarks(_ line: Span<UInt8>, _ position: inout Int) {
    repeat {
      LineScanner.skipBlanks(line, &position)
    } while LineScanner.skip(">", line, &position) || LineScanner.skip("&gt;", line, &position)
  }

  /// Steps over `ESC [ … letter`, a colour or cursor code.
  private static func skipEscapeSequence(_ line: Span<UInt8>, _ position: inout Int) {
    position += 1
    guard LineScanner.skip("[", line, &position) else { return }
    while position < line.count, !LineScanner.isLetter(line[position]) { position += 1 }
    position += 1
  }
}
