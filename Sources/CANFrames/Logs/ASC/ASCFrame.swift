/// What follows the channel of a frame: `351 Rx d 8 1F 01 …`, `ErrorFrame`.
enum ASCFrame {
  /// What an error frame of a format is read as that does not tell its kind, as `asc2log` does:
  /// the class "bus error" (`CAN_ERR_BUSERROR`) without details.
  static let errorIdentifier = CANIdentifier(exactly: 0x80, format: .extended) ?? .standard(0x80)

  /// Reads a frame.
  ///
  /// - Returns: `nil` for a line that asks for a frame to be sent, since that is no frame yet.
  static func read(
    _ line: Span<UInt8>, _ start: Int, numbers: ASCNumbers, timestamp: Int64, bus: UInt8
  ) throws(LineRejection) -> CANFrame? {
    var position = start
    let name = LineScanner.word(line, &position)
    if LineScanner.equals(line, name, "errorframe") {
      return CANFrame(
        timestamp: timestamp, identifier: errorIdentifier, kind: .error, payload: 0, length: 8,
        bus: bus)
    }
    let direction = LineScanner.word(line, &position)
    if LineScanner.equals(line, direction, "txrq") { return nil }
    let isSent = LineScanner.equals(line, direction, "tx")
    guard
      let identifier = numbers.identifier(line, name) ?? symbolIdentifier(line, position)
    else { throw LineRejection(.ascIdentifier, column: name.lowerBound + 1) }
    let kind = LineScanner.word(line, &position)
    let isRemote = LineScanner.equals(line, kind, "r")
    guard isRemote || LineScanner.equals(line, kind, "d") else {
      throw LineRejection(.ascKind, column: kind.lowerBound + 1)
    }
    let lengthAt = position
    let length = LineScanner.word(line, &position)
    if isRemote {
      let number = LineScanner.hexNumber(line, length).flatMap { $0 <= 15 ? $0 : nil } ?? 0
      return CANFrame(
        timestamp: timestamp, identifier: identifier, kind: .remote, payload: 0,
        length: UInt8(min(8, number)), bus: bus, isSent: isSent)
    }
    // A raw length code above 8 still means eight bytes on a classic bus.
    guard length.count == 1, let number = LineScanner.hexNumber(line, length) else {
      throw LineRejection(.plainLength, column: max(length.lowerBound, lengthAt) + 1)
    }
    var payload = PayloadText()
    for _ in 0..<min(8, number) {
      let word = LineScanner.word(line, &position)
      guard !word.isEmpty else { throw LineRejection(.tooFewBytes, column: line.count + 1) }
      guard let byte = numbers.byte(line, word) else {
        throw LineRejection(numbers.dataRejection, column: word.lowerBound + 1)
      }
      _ = payload.append(byte)
    }
    return CANFrame(
      timestamp: timestamp, identifier: identifier, payload: payload.word, length: payload.count,
      bus: bus, isSent: isSent)
  }

  /// The identifier of a line that names its message, from `ID = 849` behind the data.
  private static func symbolIdentifier(_ line: Span<UInt8>, _ start: Int) -> CANIdentifier? {
    var position = start
    while position < line.count {
      let word = LineScanner.word(line, &position)
      guard LineScanner.equals(line, word, "id") else { continue }
      LineScanner.skipBlanks(line, &position)
      guard LineScanner.skip("=", line, &position) else { return nil }
      return ASCNumbers.decimal.identifier(line, LineScanner.word(line, &position))
    }
    return nil
  }
}

extension ASCFrame {
  /// Whether an error frame says no more than that there was one.
  static func isPlainError(_ frame: CANFrame) -> Bool {
    frame.identifier == errorIdentifier && frame.payload == 0 && frame.length == 8
  }
}
