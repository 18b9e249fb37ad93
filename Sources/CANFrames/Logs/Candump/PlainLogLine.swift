/// The line that nearly every log consists of, read without looking at each character.
///
///     (1735270496.916858) can0 351#1F01BC02E803E700
///
/// Ten digits, a point, six digits, one blank, a bus of up to seven characters, three or eight hex digits, whole
/// bytes, a line feed. Any other line is left to ``CandumpLine``, which says what is wrong with it.
struct PlainLogLine: Sendable {
  /// No line of this form is longer, with room for a word that is loaded past its end: every
  /// unchecked access below lies within this many bytes of the line's beginning.
  private static let longest = 80

  /// How many lines are read in one go.
  static let longestRun = 256

  /// The second that the last line was in, since most lines share theirs with the next.
  private var secondText: (UInt64, UInt8, UInt8) = (0, 0, 0)
  private var second: Int64 = 0
  /// The last line's bus and the blank after it, as a word, and how many characters they have.
  private var busText: UInt64 = 2  // no word has it under the mask
  private var busMask: UInt64 = 1
  private var busCount = 0
  private var bus: UInt8 = 0
  private var repeated = RepeatedFrames()

  /// Reads the lines of this form that stand at `position`, at most ``longestRun``, and steps behind them.
  ///
  /// - Returns: How many there were; 0 if the line at `position` is of another form.
  mutating func readRun(
    _ text: Span<UInt8>, _ position: inout Int, buses: inout BusNames, into batch: inout FrameBatch
  ) -> Int {
    // Copies, so that the loop keeps them in registers.
    var line = self
    var next = position
    let count = batch.append(atMost: Self.longestRun) { frames in
      while !frames.isFull, let frame = line.read(text, &next, buses: &buses) {
        frames.append(frame)
      }
    }
    self = line
    position = next
    return count
  }

  /// Reads the line at `position` and steps behind it, or returns `nil` and stays.
  @inline(__always)
  private mutating func read(
    _ text: Span<UInt8>, _ position: inout Int, buses: inout BusNames
  ) -> CANFrame? {
    guard position + Self.longest <= text.count,
      unsafe text[unchecked: position] == UInt8(ascii: "("),
      let timestamp = time(text, position)
    else { return nil }
    var next = position + 20
    guard let bus = bus(text, &next, buses: &buses) else { return nil }
    let key = unsafe RepeatedFrames.Key(text, uncheckedAt: next)
    if let known = repeated[key] {
      position = next + known.characters
      return CANFrame(
        timestamp: timestamp, identifier: known.identifier, payload: known.payload,
        length: known.length, bus: bus)
    }
    let start = next
    guard let identifier = identifier(text, &next) else { return nil }
    let first = unsafe TextWord(text, uncheckedAt: next)
    var digits = first.leadingHexDigits
    var payload: UInt64 = 0
    if digits == 8 {
      let second = unsafe TextWord(text, uncheckedAt: next + 8)
      digits += second.leadingHexDigits
      payload = second.hexBytes << 32
    }
    payload |= first.hexBytes
    guard digits & 1 == 0, unsafe text[unchecked: next + digits] == UInt8(ascii: "\n") else {
      return nil
    }
    position = next + digits + 1
    let frame = CANFrame(
      timestamp: timestamp, identifier: identifier, payload: payload,
      length: UInt8(truncatingIfNeeded: digits / 2), bus: bus)
    repeated.remember(key, frame, characters: position - start)
    return frame
  }

  @inline(__always)
  private mutating func time(_ text: Span<UInt8>, _ start: Int) -> Int64? {
    let head = unsafe TextWord(text, uncheckedAt: start + 1)
    let (ninth, tenth) = unsafe (text[unchecked: start + 9], text[unchecked: start + 10])
    if secondText != (head.bits, ninth, tenth) {
      guard head.areDigits(8), LineScanner.isDigit(ninth), LineScanner.isDigit(tenth) else {
        return nil
      }
      let last = Int64(ninth - UInt8(ascii: "0")) * 10 + Int64(tenth - UInt8(ascii: "0"))
      let value = head.decimal * 100 + last
      guard value < CANFrame.times.upperBound / 1_000_000_000 else { return nil }
      second = value
      secondText = (head.bits, ninth, tenth)
    }
    // Six digits, a bracket and a blank; the word begins two characters early to end with them.
    let fraction = unsafe TextWord(text, uncheckedAt: start + 12)
    guard unsafe text[unchecked: start + 11] == UInt8(ascii: "."), fraction.areDigits(6),
      fraction.bits >> 48 == 0x2029
    else { return nil }
    let microseconds = TextWord(zeroPadded: fraction).decimal
    return second &* 1_000_000_000 &+ microseconds &* 1000
  }

  @inline(__always)
  private mutating func bus(
    _ text: Span<UInt8>, _ position: inout Int, buses: inout BusNames
  ) -> UInt8? {
    let word = unsafe TextWord(text, uncheckedAt: position).bits
    if word & busMask != busText, !learnBus(text, position, word, buses: &buses) { return nil }
    position += busCount
    return bus
  }

  /// Remembers the bus that is named at `position`; false if no plain name stands there.
  private mutating func learnBus(
    _ text: Span<UInt8>, _ position: Int, _ word: UInt64, buses: inout BusNames
  ) -> Bool {
    guard let count = (1...7).first(where: { word >> (8 * UInt64($0)) & 0xFF == 0x20 }),
      LineScanner.isLetter(text[position]),
      // Any other name is read with care: `ca#n0` may be a frame, and some are no text at all.
      (position..<position + count).allSatisfy({ Self.isPlain(text[$0]) }),
      // `RX` and `TX` are no names, but flags.
      count != 2 || text[position + 1] != UInt8(ascii: "X")
    else { return false }
    busCount = count + 1
    busMask = busCount == 8 ? .max : (1 << (8 * UInt64(busCount))) - 1
    busText = word & busMask
    bus = buses.index(of: text.extracting(position..<position + count))
    return true
  }

  private static func isPlain(_ character: UInt8) -> Bool {
    LineScanner.isLetter(character) || LineScanner.isDigit(character)
      || character == UInt8(ascii: "_") || character == UInt8(ascii: "-")
      || character == UInt8(ascii: ".")
  }

  @inline(__always)
  private func identifier(_ text: Span<UInt8>, _ position: inout Int) -> CANIdentifier? {
    let word = unsafe TextWord(text, uncheckedAt: position)
    if word.character(3) == UInt8(ascii: "#") {
      guard word.leadingHexDigits == 3 else { return nil }
      position += 4
      return CANIdentifier(exactly: word.threeHexDigits, format: .standard)
    }
    guard word.leadingHexDigits == 8,
      unsafe text[unchecked: position + 8] == UInt8(ascii: "#")
    else { return nil }
    position += 9
    let number = UInt32(truncatingIfNeeded: word.hexBytes).byteSwapped
    return CANIdentifier(exactly: number, format: .extended)
  }
}

extension TextWord {
  /// The first six characters of `word` behind two zeros.
  fileprivate init(zeroPadded word: TextWord) { bits = word.bits << 16 | 0x3030 }
}
