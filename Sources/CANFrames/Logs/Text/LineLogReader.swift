/// Reads a log whose frames stand on one line each.
struct LineLogReader<Lines: LineParsing>: LogReading {
  private(set) var buses = BusNames()
  private(set) var rejections = RejectionTally()
  private(set) var frameCount = 0
  var lineCount: Int { splitter.lineNumber }
  var hasZonelessDates: Bool { lines.hasZonelessDates }

  private var lines: Lines
  private var splitter = LineSplitter()

  init(secondsEastOfUTC: Int) { lines = Lines(secondsEastOfUTC: secondsEastOfUTC) }

  mutating func read(_ chunk: Span<UInt8>, into batch: inout FrameBatch) {
    let before = batch.frames.count
    // Taken out, since lines are handed over while it changes; and without its memory being copied.
    var splitter = LineSplitter()
    swap(&splitter, &self.splitter)
    var position = 0
    while position < chunk.count {
      splitter.takeLine(chunk, &position) { line, number in readLine(line, number, into: &batch) }
    }
    swap(&splitter, &self.splitter)
    frameCount += batch.frames.count - before
  }

  mutating func finish(into batch: inout FrameBatch) {
    let before = batch.frames.count
    var splitter = self.splitter
    splitter.finish { line, number in readLine(line, number, into: &batch) }
    self.splitter = splitter
    frameCount += batch.frames.count - before
  }

  @inline(__always)
  private mutating func readLine(
    _ line: Span<UInt8>, _ number: Int, into batch: inout FrameBatch
  ) {
    do throws(LineRejection) {
      guard line.count <= LineSplitter.longestLine else {
        throw LineRejection(.lineTooLong, column: LineSplitter.longestLine + 1)
      }
      guard let start = LineScanner.textStart(line) else { return }
      try lines.read(line, from: start, buses: &buses, into: &batch)
    } catch {
      // A line of NULs, as a power cut leaves them, says nothing of the format.
      let column = Self.firstControlCharacter(line)
      let rejection = column.map { LineRejection(.notText, column: $0) } ?? error
      rejections.add(rejection, line: number, text: line)
    }
  }

  /// The column of a character that no text has, or `nil`.
  private static func firstControlCharacter(_ line: Span<UInt8>) -> Int? {
    for index in line.indices where line[index] < 0x20 && !LineScanner.isBlank(line[index]) {
      return index + 1
    }
    return nil
  }
}
