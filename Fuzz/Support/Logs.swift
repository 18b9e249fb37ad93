import CANFrames
import CANInterfaces

/// Reads a log in one piece and cut in two: both must give the same frames, events and counts.
///
/// - Parameters:
///   - log: The log's bytes.
///   - format: Its format; `nil` to have it found out.
///   - cut: How many bytes the first of the two pieces has, at most those of the log.
public func fuzzLog(_ log: Span<UInt8>, format: LogFormat?, cut: Int) {
  let whole = ReadLog(log, format: format, cut: nil)
  let pieces = ReadLog(log, format: format, cut: cut)
  precondition(whole == pieces, "cut at \(cut): \(whole) became \(pieces)")
}

/// What a reader made of a log.
private struct ReadLog: Equatable {
  private struct NamedFrame: Equatable {
    var frame: CANFrame
    var bus: String?
  }

  private var frames: [NamedFrame]
  private var events: [FrameBatch.PlacedEvent]
  private var format: LogFormat?
  private var lineCount: Int
  private var frameCount: Int
  private var rejections: [LineRejection.Reason: Int]
  private var hasZonelessDates: Bool

  init(_ log: Span<UInt8>, format: LogFormat?, cut: Int?) {
    var reader = LogReader(format: format, secondsEastOfUTC: 7200, inflater: ZlibInflater())
    var batch = FrameBatch()
    reader.read(log.extracting(first: cut ?? log.count), into: &batch)
    reader.read(log.extracting(droppingFirst: cut ?? log.count), into: &batch)
    reader.finish(into: &batch)
    precondition(reader.rejections.entries.allSatisfy { $0.line >= 0 && $0.offset ?? 0 >= 0 })
    // The numbers of buses may differ, since a line that is rejected may have left a name behind.
    frames = batch.frames.map { frame in
      var plain = frame
      plain.bus = 0
      return NamedFrame(frame: plain, bus: reader.buses[frame.bus])
    }
    events = batch.events.map { placed in
      var plain = placed
      plain.event.bus = 0
      return plain
    }
    self.format = reader.format
    lineCount = reader.lineCount
    frameCount = reader.frameCount
    rejections = Dictionary(reader.rejections.entries.map { ($0.reason, $0.count) }) { $0 + $1 }
    hasZonelessDates = reader.hasZonelessDates
  }
}
