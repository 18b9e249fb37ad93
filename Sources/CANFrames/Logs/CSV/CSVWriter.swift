/// Writes a log of rows below a head.
struct CSVWriter<Rows: CSVRows>: LogWriting {
  private(set) var omissions = LogOmissions()
  private var rows = Rows()
  private var hasHead = false

  mutating func write(_ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8]) {
    omissions.add(.events, count: batch.events.count)
    writeHead(to: &log)
    for frame in batch.frames {
      if Rows.holdsOnlyData, frame.kind != .data {
        omissions.add(frame.kind == .remote ? .remoteFrames : .errorFrames)
      } else {
        rows.write(frame, buses: buses, omissions: &omissions, to: &log)
      }
    }
  }

  mutating func finish(to log: inout [UInt8]) { writeHead(to: &log) }

  private mutating func writeHead(to log: inout [UInt8]) {
    guard !hasHead else { return }
    hasHead = true
    log += Array((Rows.head + "\n").utf8)
  }
}

/// What sets one CSV format apart from the others when it is written; ``CSVWriter`` does what they
/// have in common.
protocol CSVRows: Sendable {
  /// Creates the rows of an empty log.
  init()
  /// The first line, without its line end.
  static var head: String { get }
  /// Whether there is no place for remote frames and error frames.
  static var holdsOnlyData: Bool { get }

  /// Appends the row of a frame, and counts what it cannot hold.
  mutating func write(
    _ frame: CANFrame, buses: BusNames, omissions: inout LogOmissions, to log: inout [UInt8])
}
