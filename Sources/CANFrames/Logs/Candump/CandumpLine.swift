/// One line of candump's, as a log or as text, with any of its columns lost.
///
/// Left to right: a time, words (the bus, `RX - -` of `-x`, the identifier), and what follows the
/// identifier: `#` and hex in a log, `[8]` and bytes in text, the bytes alone if a forum ate the
/// brackets.
enum CandumpLine {
  /// The words before the data: at most bus, three flags of `-x`, and the identifier.
  private struct Heading {
    var words: [Range<Int>] = []
    static let limit = 6
  }

  static func read(
    _ line: Span<UInt8>, _ position: inout Int, time: inout CandumpTime, buses: inout BusNames
  ) throws(LineRejection) -> CANFrame {
    let start = position
    var timestamp = CANFrame.noTime
    if startsTime(line, position) { timestamp = try time.read(line, &position) }
    let heading = readHeading(line, &position)
    guard let last = heading.words.last else {
      throw LineRejection(.noFrame, column: start + 1)
    }
    let body: CandumpBody
    var identifierWord = last
    switch position < line.count ? line[position] : 0 {
    case UInt8(ascii: "#"): body = try CandumpBody(log: line, &position)
    case UInt8(ascii: "["), UInt8(ascii: "{"): body = try CandumpBody(text: line, &position)
    default:
      guard let word = bareIdentifier(line, heading.words) else {
        throw LineRejection(.noFrame, column: start + 1)
      }
      identifierWord = word
      position = word.upperBound
      body = try CandumpBody(bare: line, &position)
    }
    let (identifier, isError) = try readIdentifier(line, identifierWord)
    let name = busName(line, heading.words, before: identifierWord)
    let bus = buses.index(of: line.extracting(name))
    let isMarked = heading.words.contains { $0 != name && isSentFlag(line, $0) }
    let isSent = skipNotes(line, &position, length: Int(body.length)) ?? isMarked
    return CANFrame(
      timestamp: timestamp, identifier: identifier,
      kind: isError ? .error : body.isRemote ? .remote : .data, payload: body.payload,
      length: body.length, bus: bus, isSent: isSent && !isError)
  }

  /// `TX` of `candump -x`, which stands behind the bus.
  private static func isSentFlag(_ line: Span<UInt8>, _ word: Range<Int>) -> Bool {
    word.count == 2 && LineScanner.starts(line, at: word.lowerBound, with: "TX")
  }

  /// What candump writes behind an error frame, and of a remote one instead of its bytes.
  private static let notes = ["errorframe", "remote", "request"]

  /// Steps over what candump writes behind a frame: its direction (`-x`), its bytes as characters
  /// (`-a`), that it is an error.
  ///
  /// - Returns: Whether the frame was sent; `nil` if nothing says so.
  private static func skipNotes(
    _ line: Span<UInt8>, _ position: inout Int, length: Int
  ) -> Bool? {
    var isSent: Bool?
    while true {
      var next = position
      LineScanner.skipBlanks(line, &next)
      let close = next + 1 + length
      if next < line.count, close < line.count, line[next] == UInt8(ascii: "'"),
        line[close] == UInt8(ascii: "'")
      {
        position = close + 1
        continue
      }
      let word = LineScanner.word(line, &next)
      let isDirection = word.count == 1 && isSent == nil
      if isDirection, LineScanner.starts(line, at: word.lowerBound, with: "T") {
        isSent = true
      } else if isDirection, LineScanner.starts(line, at: word.lowerBound, with: "R") {
        isSent = false
      } else if !notes.contains(where: { LineScanner.equals(line, word, $0) }) {
        return isSent
      }
      position = word.upperBound
    }
  }

  /// Whether there is another frame behind one: a forum may have eaten the line feed.
  ///
  /// What somebody wrote behind a frame is none.
  static func hasMore(_ line: Span<UInt8>, _ position: inout Int) -> Bool {
    LineScanner.skipBlanks(line, &position)
    guard position < line.count, line[position] != UInt8(ascii: "#") else { return false }
    return (position..<line.count).contains { index in
      line[index] == UInt8(ascii: "#") || line[index] == UInt8(ascii: "[")
        || line[index] == UInt8(ascii: "{")
    }
  }

  /// Whether a time stands at `position`: a bracket, or a bare number with a point or a date.
  private static func startsTime(_ line: Span<UInt8>, _ position: Int) -> Bool {
    if line[position] == UInt8(ascii: "(") { return true }
    var end = position
    guard let digits = LineScanner.decimal(line, &end, limit: 10), end < line.count else {
      return false
    }
    return line[end] == UInt8(ascii: ".") && digits.digits >= 3
      || line[end] == UInt8(ascii: "-") && digits.digits == 4
  }

  /// Reads words up to `#`, `[`, `{`, the end of the line, or the limit.
  private static func readHeading(_ line: Span<UInt8>, _ position: inout Int) -> Heading {
    var heading = Heading()
    while heading.words.count < Heading.limit {
      LineScanner.skipBlanks(line, &position)
      let start = position
      while position < line.count, !isDelimiter(line[position]) { position += 1 }
      guard position > start else { break }
      heading.words.append(start..<position)
    }
    LineScanner.skipBlanks(line, &position)
    return heading
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool {
    LineScanner.isBlank(byte) || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "[")
      || byte == UInt8(ascii: "{")
  }

  /// The identifier of a line whose brackets are lost: the first or second word, and the next
  /// word is a length or a byte.
  private static func bareIdentifier(_ line: Span<UInt8>, _ words: [Range<Int>]) -> Range<Int>? {
    for (index, word) in words.prefix(2).enumerated() {
      guard (try? readIdentifier(line, word)) != nil, index + 1 < words.count else { continue }
      let next = words[index + 1]
      let areDigits = next.allSatisfy { LineScanner.hexValue(line[$0]) != nil }
      if areDigits, next.count == 1 || next.count.isMultiple(of: 2) { return word }
    }
    return nil
  }

  /// Reads an identifier: three hex digits are a standard one, eight an extended one.
  ///
  /// Bit 29 marks an error frame. With `0x` in front the number of digits is free.
  private static func readIdentifier(
    _ line: Span<UInt8>, _ word: Range<Int>
  ) throws(LineRejection) -> (CANIdentifier, isError: Bool) {
    let rejection = LineRejection(.identifier, column: word.lowerBound + 1)
    var position = word.lowerBound
    let isPrefixed = LineScanner.skip("0x", line, &position)
    var number: UInt32 = 0
    let digits = word.upperBound - position
    guard (1...8).contains(digits), isPrefixed || digits == 3 || digits == 8 else {
      throw rejection
    }
    for index in position..<word.upperBound {
      guard let value = LineScanner.hexValue(line[index]) else { throw rejection }
      number = number << 4 | UInt32(value)
    }
    let isError = digits == 8 && number & 0x2000_0000 != 0
    let format: CANIdentifier.Format = digits <= 3 ? .standard : .extended
    guard
      let identifier = CANIdentifier(
        exactly: isError ? number & ~0x2000_0000 : number, format: format)
    else { throw rejection }
    return (identifier, isError)
  }

  /// The word before the identifier that can be the name of a bus; empty if there is none.
  private static func busName(
    _ line: Span<UInt8>, _ words: [Range<Int>], before identifier: Range<Int>
  ) -> Range<Int> {
    let candidates = words.prefix { $0.lowerBound < identifier.lowerBound }
    // RX, TX, B and E are the flags of -x; they stand behind a name.
    let name = candidates.last { word in
      isName(line, word) && word.count > 1
        && !(word.count == 2 && line[word.lowerBound + 1] == UInt8(ascii: "X"))
    }
    return name
      ?? (candidates.count == 1 ? candidates.first { isName(line, $0) && $0.count == 1 } : nil)
      ?? 0..<0
  }

  /// Whether a word could be a bus's name.
  ///
  /// An interface's has at most 15 characters; python-can writes the port of an adapter.
  private static func isName(_ line: Span<UInt8>, _ word: Range<Int>) -> Bool {
    let first = line[word.lowerBound]
    return word.count <= 63 && (LineScanner.isLetter(first) || first == UInt8(ascii: "/"))
  }
}
