package import CANFrames

/// A log of any format, and what ``LogReader`` made of it.
package struct ReadLog {
  package private(set) var reader: LogReader
  package private(set) var batch = FrameBatch()
  package var frames: [CANFrame] { batch.frames }

  /// Reads a log.
  ///
  /// - Parameters:
  ///   - bytes: The log.
  ///   - format: Its format; `nil` to have it found out.
  ///   - size: How many bytes are handed in at once.
  ///   - zone: The zone of dates that name none, in seconds east of UTC.
  package init(_ bytes: [UInt8], format: LogFormat? = nil, pieces size: Int = .max, zone: Int = 0) {
    reader = LogReader(format: format, secondsEastOfUTC: zone)
    var start = 0
    while start < bytes.count {
      let end = size < bytes.count - start ? start + size : bytes.count
      reader.read(bytes.span.extracting(start..<end), into: &batch)
      start = end
    }
    reader.finish(into: &batch)
  }

  /// Reads a log that is text.
  package init(_ text: String, format: LogFormat? = nil, pieces size: Int = .max, zone: Int = 0) {
    self.init(Array(text.utf8), format: format, pieces: size, zone: zone)
  }

  /// Reads what candump wrote, or a part of it that its format cannot be told from.
  package init(candump text: String, pieces size: Int = .max) {
    self.init(text, format: .candump, pieces: size)
  }

  /// Every frame as `TIME BUS FRAME`, the time in nanoseconds, as candump writes the rest.
  package var lines: [String] {
    frames.map { "\($0.timestamp) \(reader.buses[$0.bus] ?? "-") \(Self.notation($0))" }
  }

  /// Every frame in the notation of `cansend`, error frames and sent ones (` T`) marked.
  package var notations: [String] { frames.map(Self.notation) }

  /// Every reason for which a line was rejected, as `LINE:COLUMN REASON`.
  package var complaints: [String] {
    reader.rejections.entries.map { "\($0.line):\($0.column) \($0.reason)" }
  }

  /// The reasons alone.
  package var reasons: [LineRejection.Reason] { reader.rejections.entries.map(\.reason) }

  private static func notation(_ frame: CANFrame) -> String {
    let text =
      switch frame.kind {
      case .data: "\(frame.identifier)#\(frame.payloadText)"
      case .remote: "\(frame.identifier)#R\(frame.length)"
      case .error: "error \(frame.identifier)#\(frame.payloadText)"
      }
    return frame.isSent ? text + " T" : text
  }
}
