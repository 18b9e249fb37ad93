/// The versions of PEAK's text format that are written, and what sets their lines apart.
enum TRCVersion: String, Sendable {
  case v11 = "1.1"
  case v13 = "1.3"
  case v20 = "2.0"
  case v21 = "2.1"

  /// Whether a line names its bus.
  var hasBus: Bool { self == .v13 || self == .v21 }
  /// Nanoseconds of the last digit of a time.
  var resolution: Int64 { self == .v11 ? 100_000 : 1000 }

  /// The lines between the time of the start and the first frame.
  var head: String {
    switch self {
    case .v11:
      """
      ;\r
      ;   Message Number\r
      ;   |         Time Offset (ms)\r
      ;   |         |        Type\r
      ;   |         |        |        ID (hex)\r
      ;   |         |        |        |     Data Length Code\r
      ;   |         |        |        |     |   Data Bytes (hex) ...\r
      ;   |         |        |        |     |   |\r
      ;---+--   ----+----  --+--  ----+---  +  -+ -- -- -- -- -- -- --\r

      """
    case .v13:
      """
      ;\r
      ;   Message   Time    Bus  Type   ID    Reserved\r
      ;   Number    Offset  |    |      [hex] |   Data Length Code\r
      ;   |         [ms]    |    |      |     |   |    Data [hex] ...\r
      ;   |         |       |    |      |     |   |    |\r
      ;---+-- ------+------ +- --+-- ---+---- +- -+-- -+ -- -- -- -- -- -- --\r

      """
    case .v20:
      """
      ;$COLUMNS=N,O,T,I,d,l,D\r
      ;\r
      ;   Message   Time    Type ID     Rx/Tx\r
      ;   Number    Offset  |    [hex]  |  Data Length\r
      ;   |         [ms]    |    |      |  |  Data [hex] ...\r
      ;   |         |       |    |      |  |  |\r
      ;---+-- ------+------ +- --+----- +- +- +- -- -- -- -- -- -- --\r

      """
    case .v21:
      """
      ;$COLUMNS=N,O,T,B,I,d,R,L,D\r
      ;\r
      ;   Message   Time    Type    ID     Rx/Tx\r
      ;   Number    Offset  |  Bus  [hex]  |  Reserved\r
      ;   |         [ms]    |  |    |      |  |  Data Length Code\r
      ;   |         |       |  |    |      |  |  |    Data [hex] ...\r
      ;---+-- ------+------ +- +- --+----- +- +- +--- +- -- -- -- -- -- -- --\r

      """
    }
  }

  /// Appends a line.
  ///
  /// - Parameters:
  ///   - frame: What it says; of an error frame, that there was one.
  ///   - number: The line's own number, from 1.
  ///   - offset: Its time from the start of the file, in nanoseconds, not negative.
  ///   - bus: The bus's number, from 1; not written by a version without buses.
  ///   - text: Where it goes: at most 112 characters.
  func put(
    _ frame: CANFrame, number: UInt64, offset: UInt64, bus: UInt64, to text: inout TextCursor
  ) {
    switch self {
    case .v11, .v13:
      text.putPadded(number, width: 6)
      text.put(") ")
    case .v20, .v21:
      text.putPadded(number, width: 7)
      text.put(" ")
    }
    text.putPadded(offset / 1_000_000, width: 9)
    text.put(".")
    if self == .v11 {
      text.putDecimal(offset % 1_000_000 / 100_000)
    } else {
      text.putDecimal(offset % 1_000_000 / 1000, width: 3)
    }
    putColumns(frame, bus: bus, to: &text)
    if frame.kind == .data {
      text.putHexBytes(frame.payload, count: Int(frame.length), separator: UInt8(ascii: " "))
    }
    text.put("\r\n")
  }

  /// Appends what stands between the time and the data.
  private func putColumns(_ frame: CANFrame, bus: UInt64, to text: inout TextCursor) {
    // What an error frame's data would tell, the position within a frame, no other format has.
    let length = frame.kind == .error ? 0 : frame.length
    let direction = frame.isSent ? "Tx" : "Rx"
    switch self {
    case .v11:
      text.put(frame.kind == .error ? "  Error  " : "  \(direction)     ")
      text.putIdentifier(frame, ofError: "    0008")
      text.put("  \(length) ")
      if frame.kind == .remote { text.put(" RTR") }
    case .v13:
      text.put(" ")
      text.putDecimal(bus)
      text.put(bus < 10 ? "  " : " ")
      text.put(frame.kind == .error ? "Error " : "\(direction)    ")
      text.putIdentifier(frame, ofError: "    0008")
      text.put(" -  \(length)   ")
      if frame.kind == .remote { text.put(" RTR") }
    case .v20:
      text.putType(frame)
      text.putIdentifier(frame, ofError: "       -")
      text.put(" \(direction) \(length) ")
    case .v21:
      text.putType(frame)
      text.putPadded(bus, width: 2)
      text.put(" ")
      text.putIdentifier(frame, ofError: "       -")
      text.put(" \(direction) -  \(length)   ")
    }
  }
}

extension TextCursor {
  /// Appends a number with blanks before it.
  fileprivate mutating func putPadded(_ number: UInt64, width: Int) {
    var bound: UInt64 = 10
    for _ in 1..<width {
      if number < bound { put(UInt8(ascii: " ")) }
      bound *= 10
    }
    putDecimal(number)
  }

  /// Appends eight characters: four digits are 11 bits, eight are 29.
  fileprivate mutating func putIdentifier(_ frame: CANFrame, ofError text: String) {
    guard frame.kind != .error else { return put(text) }
    let isExtended = frame.identifier.format == .extended
    if !isExtended { put("    ") }
    putHex(frame.identifier.number, width: isExtended ? 8 : 4)
  }

  /// Appends version 2's type of a line.
  fileprivate mutating func putType(_ frame: CANFrame) {
    put(frame.kind == .data ? " DT " : frame.kind == .remote ? " RR " : " ER ")
  }
}
