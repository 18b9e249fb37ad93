/// What follows the identifier in a line of candump's: length and payload.
struct CandumpBody {
  private(set) var payload: UInt64 = 0
  private(set) var length: UInt8 = 0
  private(set) var isRemote = false

  /// Reads the log's form: `#1F01BC02`, `#R8`, `#1122334455667788_E`.
  init(log line: Span<UInt8>, _ position: inout Int) throws(LineRejection) {
    position += 1
    if position < line.count, line[position] == UInt8(ascii: "#") {
      throw LineRejection(.flexibleDataRate, column: position + 1)
    }
    if LineScanner.skip("R", line, &position) || LineScanner.skip("r", line, &position) {
      isRemote = true
      try readRemoteLength(line, &position)
    } else {
      while true {
        _ = length > 0 && LineScanner.skip(".", line, &position)
        guard position < line.count, LineScanner.hexValue(line[position]) != nil else { break }
        try appendByte(line, &position)
      }
      if position < line.count, line[position] == UInt8(ascii: ":") {
        throw LineRejection(.extraLong, column: position + 1)
      }
    }
    // A raw length code above 8 still means eight bytes on a classic bus.
    if length == 8, LineScanner.skip("_", line, &position) { position += 1 }
    guard position >= line.count || LineScanner.isBlank(line[position]) else {
      throw LineRejection(.data, column: position + 1)
    }
    var next = position
    let word = LineScanner.word(line, &next)
    if word.count == 2, LineScanner.hexNumber(line, word) != nil {
      throw LineRejection(.separatedData, column: word.lowerBound + 1)
    }
  }

  /// Reads the text's form: `[8]  1F 01 …`, `[8]  remote request`, `[8]  00`E7`03 …`, and the bits
  /// of `candump -i`.
  init(text line: Span<UInt8>, _ position: inout Int) throws(LineRejection) {
    let column = position + 1
    let isRawLength = line[position] == UInt8(ascii: "{")
    position += 1
    LineScanner.skipBlanks(line, &position)
    var declared = 8
    if isRawLength {
      while position < line.count, LineScanner.hexValue(line[position]) != nil { position += 1 }
    } else {
      guard let number = LineScanner.decimal(line, &position, limit: 3) else {
        throw LineRejection(.length, column: column)
      }
      // candump prints the length of a CAN FD frame with two digits.
      if number.digits == 2 { throw LineRejection(.flexibleDataRate, column: column) }
      guard number.value <= 8 else { throw LineRejection(.length, column: column) }
      declared = Int(number.value)
    }
    LineScanner.skipBlanks(line, &position)
    guard LineScanner.skip(isRawLength ? "}" : "]", line, &position) else {
      throw LineRejection(.length, column: column)
    }
    LineScanner.skipBlanks(line, &position)
    if LineScanner.starts(line, at: position, with: "remote") {
      isRemote = true
      length = UInt8(declared)
    } else if readBits(line, &position, count: declared) {
      return
    } else {
      try readBytes(line, &position, count: declared)
    }
  }

  /// Reads bytes whose brackets are lost, with or without the length: `8 1F 01 …`, `1F 01 …`.
  init(bare line: Span<UInt8>, _ position: inout Int) throws(LineRejection) {
    LineScanner.skipBlanks(line, &position)
    let start = position
    if let number = LineScanner.decimal(line, &position, limit: 1), number.value <= 8,
      position >= line.count || LineScanner.isBlank(line[position])
    {
      LineScanner.skipBlanks(line, &position)
      try readBytes(line, &position, count: Int(number.value))
      return
    }
    position = start
    while position < line.count, LineScanner.hexValue(line[position]) != nil {
      try appendByte(line, &position)
      LineScanner.skipBlanks(line, &position)
    }
    guard position >= line.count || line[position] == UInt8(ascii: "'") else {
      throw LineRejection(.noFrame, column: start + 1)
    }
  }

  private mutating func readRemoteLength(
    _ line: Span<UInt8>, _ position: inout Int
  ) throws(LineRejection) {
    let column = position + 1
    guard let number = LineScanner.decimal(line, &position, limit: 2) else { return }
    guard number.value <= 8 else { throw LineRejection(.length, column: column) }
    length = UInt8(number.value)
  }

  /// Reads exactly `count` bytes, and makes sure that no other byte follows.
  private mutating func readBytes(
    _ line: Span<UInt8>, _ position: inout Int, count: Int
  ) throws(LineRejection) {
    var isSwapped = false
    for _ in 0..<count {
      if LineScanner.skip("`", line, &position) { isSwapped = true }
      LineScanner.skipBlanks(line, &position)
      guard position < line.count else { throw LineRejection(.tooFewBytes, column: position + 1) }
      try appendByte(line, &position)
    }
    var end = position
    let word = LineScanner.word(line, &end)
    if word.count <= 6, word.count.isMultiple(of: 2), LineScanner.hexNumber(line, word) != nil {
      throw LineRejection(.tooManyBytes, column: word.lowerBound + 1)
    }
    if isSwapped { payload = payload.byteSwapped >> UInt64(64 - 8 * count) }
  }

  /// Reads `count` bytes of eight bits each, the highest first; false if that is not what stands
  /// there.
  private mutating func readBits(
    _ line: Span<UInt8>, _ position: inout Int, count: Int
  ) -> Bool {
    var next = position
    var bytes: [UInt8] = []
    for _ in 0..<count {
      let word = LineScanner.word(line, &next)
      guard word.count == 8 else { return false }
      var byte: UInt8 = 0
      for index in word {
        let bit = line[index] &- UInt8(ascii: "0")
        guard bit <= 1 else { return false }
        byte = byte << 1 | bit
      }
      bytes.append(byte)
    }
    guard !bytes.isEmpty else { return false }
    for (index, byte) in bytes.enumerated() { payload |= UInt64(byte) << UInt64(8 * index) }
    length = UInt8(count)
    position = next
    return true
  }

  private mutating func appendByte(
    _ line: Span<UInt8>, _ position: inout Int
  ) throws(LineRejection) {
    let column = position + 1
    guard let byte = LineScanner.hexByte(line, &position) else {
      throw LineRejection(.data, column: column)
    }
    guard length < 8 else { throw LineRejection(.tooManyBytes, column: column) }
    payload |= UInt64(byte) << (UInt64(length) * 8)
    length += 1
  }
}
