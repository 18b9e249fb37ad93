/// Writes PEAK's text format, as PCAN-View, PCAN-Explorer, python-can and SavvyCAN read it.
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

  private let version: TRCVersion
  private let secondsEastOfUTC: Int
  private var start: Int64?
  private var numbers = BusNumbers()
  private var number: UInt64 = 0

  /// Creates a writer.
  ///
  /// - Parameters:
  ///   - version: What is written.
  ///   - secondsEastOfUTC: The zone that the file's date is written in, which names none.
  init(_ version: TRCVersion, secondsEastOfUTC: Int) {
    self.version = version
    self.secondsEastOfUTC = secondsEastOfUTC
  }

  mutating func write(_ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8]) {
    omissions.add(.events, count: batch.events.count)
    for frame in batch.frames { write(frame, buses: buses, to: &log) }
    if version.hasBus { numbers.countLostNames(batch.frames[...], in: &omissions) }
  }

  mutating func finish(to log: inout [UInt8]) {
    if start == nil { writeHead(at: 0, to: &log) }
  }

  private mutating func writeHead(at time: Int64, to log: inout [UInt8]) {
    let first = max(0, time)
    let start = first - first % 1_000_000
    self.start = start
    log += Array(";$FILEVERSION=\(version.rawValue)\r\n;$STARTTIME=".utf8)
    TRCStartTime.append(UTCTime.shifted(start, bySeconds: secondsEastOfUTC) ?? start, to: &log)
    log += Array("\r\n\(version.head)".utf8)
  }

  private mutating func write(_ frame: CANFrame, buses: BusNames, to log: inout [UInt8]) {
    if start == nil { writeHead(at: frame.timestamp, to: &log) }
    numbers.assign(buses, including: frame.bus)
    if !version.hasBus { omissions.addBus(of: frame, buses) }
    let start = start ?? 0
    if frame.timestamp < start {
      omissions.add(frame.timestamp < 0 ? .missingTimes : .backwardTimes)
    } else if frame.timestamp % version.resolution != 0 {
      omissions.add(.timePrecision)
    }
    if frame.kind == .error, !ASCFrame.isPlainError(frame) { omissions.add(.errorDetails) }
    number += 1
    log.appendText(atMost: 112) { text in
      version.put(
        frame, number: number, offset: UInt64(max(start, frame.timestamp) - start),
        bus: UInt64(numbers[frame.bus].number + 1), to: &text)
    }
  }
}
