import CANFrames

/// A log of any format, and what ``LogReader`` made of it.
struct ReadLog {
  private(set) var reader: LogReader
  private(set) var batch = FrameBatch()
  var frames: [CANFrame] { batch.frames }

  init(_ bytes: [UInt8], format: LogFormat? = nil, pieces size: Int = .max, zone: Int = 0) {
    reader = LogReader(format: format, secondsEastOfUTC: zone)
    var start = 0
    while start < bytes.count {
      let end = size < bytes.count - start ? start + size : bytes.count
      reader.read(bytes.span.extracting(start..<end), into: &batch)
      start = end
    }
    reader.finish(into: &batch)
  }

  init(_ text: String, format: LogFormat? = nil, zone: Int = 0) {
    self.init(Array(text.utf8), format: format, zone: zone)
  }

  /// Every frame as `TIME BUS FRAME`, the time in nanoseconds, as candump writes the rest.
  var lines: [String] {
    frames.map { frame in
      let bus = reader.buses[frame.bus] ?? "-"
      return "\(frame.timestamp) \(bus) \(LogText.notation(frame))"
    }
  }

  /// The notation alone.
  var notations: [String] { frames.map(LogText.notation) }

  /// Every reason for which a line was rejected, as `LINE:COLUMN REASON`.
  var complaints: [String] {
    reader.rejections.entries.map { "\($0.line):\($0.column) \($0.reason)" }
  }
}
