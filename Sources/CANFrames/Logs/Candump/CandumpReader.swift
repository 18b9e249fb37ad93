/// Reads what `candump` writes, as a log (`-l`, `-L`) or as text, and what is left of either after
/// it was pasted into a forum.
///
///     (1735270496.916858) can0 351#1F01BC02E803E700
///     (1735270496.916858)  can0  351   [8]  1F 01 BC 02 E8 03 E7 00
///       can0  351   [8]  1F 01 BC 02 E8 03 E7 00   '........'
///     > can0 351 [8] 1F 01 BC 02 E8 03 E7 00
///     351 1F 01 BC 02 E8 03 E7 00
///
/// Bytes are handed in as they come, in pieces of any size. A line that is no frame is counted
/// with its reason in ``rejections`` and never stops the rest.
public struct CandumpReader: LogReading {
  /// The names of the buses in the log, by the index that frames carry.
  public private(set) var buses = BusNames()
  /// The lines that were no frames.
  public private(set) var rejections = RejectionTally()
  /// How many lines were read, counting empty ones and comments.
  public var lineCount: Int { splitter.lineNumber }
  /// How many frames were read.
  public private(set) var frameCount = 0
  /// Whether dates without a zone were read, which are taken as UTC.
  public var hasZonelessDates: Bool { time.hasZonelessDate }

  var time: CandumpTime
  private var splitter = LineSplitter()
  private var plain = PlainLogLine()
  private var cleaned: [UInt8] = []
  private var followsErrorFrame = false
  /// The time of the frame that was read last, which a count of lost frames has too.
  private var lastTime = CANFrame.noTime

  /// Creates a reader.
  ///
  /// - Parameter secondsEastOfUTC: The zone of dates that `candump -tA` printed, which has none.
  public init(secondsEastOfUTC: Int = 0) {
    time = CandumpTime(secondsEastOfUTC: secondsEastOfUTC)
  }

  /// Reads a piece of the log and appends the frames and events that it completes.
  public mutating func read(_ chunk: Span<UInt8>, into batch: inout FrameBatch) {
    var position = 0
    while position < chunk.count {
      if splitter.isAtLineStart {
        let count = plain.readRun(chunk, &position, buses: &buses, into: &batch)
        splitter.countLines(count)
        frameCount += count
        if count > 0 {
          followsErrorFrame = false
          lastTime = batch.frames.last?.timestamp ?? lastTime
        }
        // A full run may have more behind it; a shorter one ends at another kind of line.
        if count == PlainLogLine.longestRun || position == chunk.count { continue }
      }
      var lines = splitter
      lines.takeLine(chunk, &position) { line, number in readLine(line, number, into: &batch) }
      splitter = lines
    }
  }

  /// Reads what is left after the last line feed; call once, at the end of the log.
  public mutating func finish(into batch: inout FrameBatch) {
    var lines = splitter
    lines.finish { line, number in readLine(line, number, into: &batch) }
    splitter = lines
  }

  private mutating func readLine(
    _ line: Span<UInt8>, _ number: Int, into batch: inout FrameBatch
  ) {
    do throws(LineRejection) {
      guard line.count <= LineSplitter.longestLine else {
        throw LineRejection(.lineTooLong, column: LineSplitter.longestLine + 1)
      }
      if PastedText.needsCleaning(line) {
        try PastedText.clean(line, into: &cleaned)
        let copy = cleaned
        try readClean(copy.span, into: &batch)
      } else {
        try readClean(line, into: &batch)
      }
    } catch {
      followsErrorFrame = false
      rejections.add(error, line: number, text: line)
    }
  }

  private mutating func readClean(
    _ line: Span<UInt8>, into batch: inout FrameBatch
  ) throws(LineRejection) {
    var position = 0
    PastedText.skipQuoteMarks(line, &position)
    guard position < line.count else { return }
    switch line[position] {
    case UInt8(ascii: "#"), UInt8(ascii: ";"): return
    case UInt8(ascii: "D") where LineScanner.starts(line, at: position, with: "DROPCOUNT:"):
      batch.append(try dropEvent(line, position))
      return
    default: break
    }
    // With -e candump explains an error frame on a line of its own, which starts with a tab.
    if followsErrorFrame, line[0] == UInt8(ascii: "\t") { return }
    repeat {
      let frame = try CandumpLine.read(line, &position, time: &time, buses: &buses)
      followsErrorFrame = frame.kind == .error
      frameCount += 1
      lastTime = frame.timestamp
      batch.append(frame)
    } while CandumpLine.hasMore(line, &position)
  }

  /// `DROPCOUNT: dropped 3 CAN frames on 'can0' socket (total drops 3)`, which `candump -l` writes.
  private mutating func dropEvent(
    _ line: Span<UInt8>, _ start: Int
  ) throws(LineRejection) -> BusEvent {
    var position = start
    guard LineScanner.skip("DROPCOUNT: dropped ", line, &position),
      let count = LineScanner.decimal(line, &position, limit: 18)
    else { throw LineRejection(.noFrame, column: start + 1) }
    var nameStart = position
    while nameStart < line.count, line[nameStart] != UInt8(ascii: "'") { nameStart += 1 }
    var nameEnd = nameStart + 1
    while nameEnd < line.count, line[nameEnd] != UInt8(ascii: "'") { nameEnd += 1 }
    let hasName = nameEnd < line.count
    let bus = buses.index(of: line.extracting(hasName ? nameStart + 1..<nameEnd : 0..<0))
    return BusEvent(.framesDropped(Int(count.value)), timestamp: lastTime, bus: bus)
  }
}
