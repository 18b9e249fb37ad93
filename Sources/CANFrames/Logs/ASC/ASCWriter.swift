/// Writes Vector's text format, as CANalyzer, python-can and `asc2log` read it.
///
///     date Fri Dec 27 03:34:56.916 am 2024
///     base hex  timestamps absolute
///     internal events logged
///     // version 9.0.0
///     Begin Triggerblock Fri Dec 27 03:34:56.916 am 2024
///        0.000000 Start of measurement
///        0.000858 1  351             Rx   d 8 1F 01 BC 02 E8 03 E7 00
///     End TriggerBlock
///
/// Times count from the first frame's millisecond, which is the file's date; a frame that is earlier
/// than that gets the time 0. A bus is the number that stands in its name, from 1.
struct ASCWriter: LogWriting {
  private(set) var omissions = LogOmissions()

  private let secondsEastOfUTC: Int
  private var start: Int64?
  private var seconds = SecondsText(width: 4)
  private var numbers = BusNumbers()
  /// ` 1  ` for each bus.
  private var busTexts: [ShortText] = []

  /// Creates a writer.
  ///
  /// - Parameter secondsEastOfUTC: The zone that the file's date is written in, which names none.
  init(secondsEastOfUTC: Int = 0) { self.secondsEastOfUTC = secondsEastOfUTC }

  mutating func write(_ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8]) {
    omissions.add(.events, count: batch.events.count)
    var position = 0
    while position < batch.frames.count {
      let end = min(position + 256, batch.frames.count)
      writeRun(batch.frames, position..<end, buses: buses, to: &log)
      position = end
    }
  }

  mutating func finish(to log: inout [UInt8]) {
    if start == nil { writeHead(at: 0, to: &log) }
    log.append(contentsOf: "End TriggerBlock\n".utf8)
  }

  private mutating func writeHead(at time: Int64, to log: inout [UInt8]) {
    let first = max(0, time)
    let start = first - first % 1_000_000
    self.start = start
    var date: [UInt8] = []
    ASCDate.append(UTCTime.shifted(start, bySeconds: secondsEastOfUTC) ?? start, to: &date)
    log.append(contentsOf: "date ".utf8)
    log.append(contentsOf: date)
    log.append(
      contentsOf: "\nbase hex  timestamps absolute\ninternal events logged\n// version 9.0.0\n".utf8
    )
    log.append(contentsOf: "Begin Triggerblock ".utf8)
    log.append(contentsOf: date)
    log.append(contentsOf: "\n   0.000000 Start of measurement\n".utf8)
  }

  /// Writes a few hundred frames, for which room is made once.
  private mutating func writeRun(
    _ frames: [CANFrame], _ range: Range<Int>, buses: BusNames, to log: inout [UInt8]
  ) {
    if start == nil { writeHead(at: frames[range.lowerBound].timestamp, to: &log) }
    if numbers.assign(buses, including: frames[range].reduce(0) { max($0, $1.bus) }) {
      busTexts = numbers.entries.map { entry in
        ShortText(entry.number < 9 ? " \(entry.number + 1)  " : " \(entry.number + 1) ")
      }
    }
    // Copies, so that the loop keeps them in registers.
    var seconds = self.seconds
    var omissions = self.omissions
    var bus = LastBus(busTexts)
    let start = start ?? 0
    // Time 18, bus 5, identifier 16, direction and length 8, data 24, and the line feed.
    log.appendText(atMost: range.count * 80) { text in
      for index in range {
        let frame = frames[index]
        var offset = frame.timestamp &- start
        if frame.timestamp < start {
          omissions.add(frame.timestamp < 0 ? .missingTimes : .backwardTimes)
          offset = 0
        }
        let rest = seconds.put(offset, to: &text)
        let microseconds = rest / 1000
        text.putSixDigits(microseconds)
        if rest != microseconds * 1000 { omissions.add(.timePrecision) }
        bus.put(frame.bus, to: &text)
        Self.put(frame, to: &text)
        if frame.kind == .error, !ASCFrame.isPlainError(frame) { omissions.add(.errorDetails) }
      }
    }
    self.seconds = seconds
    self.omissions = omissions
    numbers.countLostNames(frames[range], in: &self.omissions)
  }

  /// Appends `351             Rx   d 8 1F 01 …` and the line feed.
  @inline(__always)
  private static func put(_ frame: CANFrame, to text: inout TextCursor) {
    guard frame.kind != .error else {
      text.put("ErrorFrame\n")
      return
    }
    let blanks: UInt64 = 0x2020_2020_2020_2020
    let number = frame.identifier.number
    let digits = max(1, 8 - number.leadingZeroBitCount / 4)
    text.put(TextCursor.hexDigits(number.byteSwapped) >> (8 * UInt64(8 - digits)), count: digits)
    let isExtended = frame.identifier.format == .extended
    text.put(blanks & ~0xFF | UInt64(isExtended ? UInt8(ascii: "x") : UInt8(ascii: " ")), count: 8)
    text.put(blanks, count: 8 - digits)
    // "Rx   d " and the length.
    let direction = frame.isSent ? UInt8(ascii: "T") : UInt8(ascii: "R")
    let kind = frame.kind == .remote ? UInt8(ascii: "r") : UInt8(ascii: "d")
    text.put(
      0x0020_0020_2020_7800 | UInt64(direction) | UInt64(kind) << 40
        | UInt64(UInt8(ascii: "0") + frame.length) << 56, count: 8)
    if frame.kind == .data {
      text.putHexBytes(frame.payload, count: Int(frame.length), separator: UInt8(ascii: " "))
    }
    text.put(UInt8(ascii: "\n"))
  }
}
