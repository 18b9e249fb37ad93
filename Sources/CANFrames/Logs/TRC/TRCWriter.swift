/// Writes PEAK's text format in version 2.1, as PCAN-View, python-can and SavvyCAN's successors read it.
///
///     ;$FILEVERSION=2.1
///     ;$STARTTIME=45653.149269351852
///     ;$COLUMNS=N,O,T,B,I,d,R,L,D
///     ;---+-- ------+------ +- +- --+----- +- +- +--- +- -- -- -- -- -- -- --
///           1         0.858 DT  1     0351 Rx -  8    1F 01 BC 02 E8 03 E7 00
///
/// Times count from the first frame's millisecond; a frame that is earlier than that gets the time 0.
/// A bus is the number that stands in its name, from 1. Lines end with CR and LF.
struct TRCWriter: LogWriting {
  private(set) var omissions = LogOmissions()

  private let secondsEastOfUTC: Int
  private var start: Int64?
  private var numbers = BusNumbers()
  private var number: UInt64 = 0

  /// Creates a writer.
  ///
  /// - Parameter secondsEastOfUTC: The zone that the file's date is written in, which names none.
  init(secondsEastOfUTC: Int = 0) { self.secondsEastOfUTC = secondsEastOfUTC }

  mutating func write(_ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8]) {
    omissions.add(.events, count: batch.events.count)
    for frame in batch.frames { write(frame, buses: buses, to: &log) }
    numbers.countLostNames(batch.frames[...], in: &omissions)
  }

  mutating func finish(to log: inout [UInt8]) {
    if start == nil { writeHead(at: 0, to: &log) }
  }

  private mutating func writeHead(at time: Int64, to log: inout [UInt8]) {
    let first = max(0, time)
    let start = first - first % 1_000_000
    self.start = start
    log += Array(";$FILEVERSION=2.1\r\n;$STARTTIME=".utf8)
    TRCStartTime.append(UTCTime.shifted(start, bySeconds: secondsEastOfUTC) ?? start, to: &log)
    log += Array(
      """
      \r\n;$COLUMNS=N,O,T,B,I,d,R,L,D\r
      ;\r
      ;   Message   Time    Type    ID     Rx/Tx\r
      ;   Number    Offset  |  Bus  [hex]  |  Reserved\r
      ;   |         [ms]    |  |    |      |  |  Data Length Code\r
      ;   |         |       |  |    |      |  |  |    Data [hex] ...\r
      ;---+-- ------+------ +- +- --+----- +- +- +--- +- -- -- -- -- -- -- --\r

      """.utf8)
  }

  private mutating func write(_ frame: CANFrame, buses: BusNames, to log: inout [UInt8]) {
    if start == nil { writeHead(at: frame.timestamp, to: &log) }
    numbers.assign(buses, including: frame.bus)
    let start = start ?? 0
    if frame.timestamp < start {
      omissions.add(frame.timestamp < 0 ? .missingTimes : .backwardTimes)
    } else if frame.timestamp % 1000 != 0 {
      omissions.add(.timePrecision)
    }
    if frame.kind == .error, !ASCFrame.isPlainError(frame) { omissions.add(.errorDetails) }
    let microseconds = UInt64(frame.timestamp < start ? 0 : (frame.timestamp - start) / 1000)
    number += 1
    log.appendText(atMost: 112) { text in
      Self.putPadded(number, width: 7, to: &text)
      text.put(" ")
      Self.putPadded(microseconds / 1000, width: 9, to: &text)
      text.put(".")
      text.putDecimal(microseconds % 1000, width: 3)
      text.put(frame.kind == .data ? " DT " : frame.kind == .remote ? " RR " : " ER ")
      Self.putPadded(UInt64(numbers[frame.bus].number + 1), width: 2, to: &text)
      text.put(" ")
      Self.putBody(frame, to: &text)
      text.put("\r\n")
    }
  }

  private static func putBody(_ frame: CANFrame, to text: inout TextCursor) {
    guard frame.kind != .error else {
      // No data: what the five bytes of PEAK's own error frames tell, no other format has.
      text.put("       - Rx -  0    ")
      return
    }
    let isExtended = frame.identifier.format == .extended
    if !isExtended { text.put("    ") }
    text.putHex(frame.identifier.number, width: isExtended ? 8 : 4)
    text.put(" Rx -  \(frame.length)   ")
    if frame.kind == .data {
      text.putHexBytes(frame.payload, count: Int(frame.length), separator: UInt8(ascii: " "))
    }
  }

  private static func putPadded(_ number: UInt64, width: Int, to text: inout TextCursor) {
    var bound: UInt64 = 10
    for _ in 1..<width {
      if number < bound { text.put(UInt8(ascii: " ")) }
      bound *= 10
    }
    text.putDecimal(number)
  }
}
