package import CANFrames
package import CANInterfaces

/// Where the monitor's frames come from, ready to be opened on the thread that reads them.
package struct MonitorSource: Sendable {
  /// How long a read waits before the reader looks around, in milliseconds.
  private static let waitingMilliseconds: Int32 = 200

  /// As the user wrote it.
  package let name: String
  package let specification: SourceSpecification
  private let speed: ReplaySpeed
  private let inputFormat: LogFormat?
  private let secondsEastOfUTC: Int

  /// - Parameters:
  ///   - word: As the user wrote it.
  ///   - speed: How fast a log is replayed.
  ///   - inputFormat: A log's format; `nil` to find that out.
  ///   - secondsEastOfUTC: The zone of dates in a log that do not name one.
  /// - Throws: ``SourceError`` if the word names nothing.
  package init(
    _ word: String, speed: ReplaySpeed, inputFormat: LogFormat? = nil, secondsEastOfUTC: Int = 0
  ) throws(SourceError) {
    name = word
    specification = try SourceSpecification(parsing: word)
    self.speed = speed
    self.inputFormat = inputFormat
    self.secondsEastOfUTC = secondsEastOfUTC
  }

  /// Whether frames come from standard input, so that keys cannot.
  package var isStandardInput: Bool { specification == .standardInput }

  /// The bit rate, in bit/s: what the source's name says, `…?bitrate=250000`, or what a CAN interface
  /// is set to; `nil` if neither is known.
  package var bitRate: Int? {
    if case .interface(let name) = specification { return CANController.of(name)?.bitRate }
    guard let query = name.split(separator: "?", maxSplits: 1).dropFirst().first else { return nil }
    let settings = query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
    let rate = settings.first { $0.first == "bitrate" }?.dropFirst().first.flatMap { Int($0) }
    return rate.flatMap { (1...8_000_000).contains($0) ? $0 : nil }
  }

  /// Reads to the end on the calling thread.
  ///
  /// - Parameters:
  ///   - stop: A descriptor that ends reading when it becomes readable.
  ///   - take: Is given what came, also nothing, several times a second.
  /// - Returns: What was read of a log beside its frames; `nil` of another source.
  /// - Throws: What makes the source useless.
  package func read(
    stop: CInt, _ take: (borrowing FrameBatch, BusNames) -> Void
  ) throws(SourceError) -> LogCounts? {
    switch specification {
    case .file(let path):
      var source = try ReplaySource(
        path, inputFormat: inputFormat, secondsEastOfUTC: secondsEastOfUTC, speed: speed, stop: stop
      )
      try Self.read(&source, take)
      return source.log.counts
    case .standardInput:
      // Frames of a pipe are shown when they come: their pauses have already been made.
      var source = try FileSource(
        "-", inputFormat: inputFormat, secondsEastOfUTC: secondsEastOfUTC, stop: stop)
      try Self.read(&source, take)
      return source.counts
    default:
      // What an adapter has to say beside its frames is told as events too.
      var source = try AnySource.open(specification, asIfLive: true, stop: stop) { _ in }
      try Self.read(&source, take)
      return nil
    }
  }

  private static func read<Source: FrameSource & ~Copyable>(
    _ source: inout Source, _ take: (borrowing FrameBatch, BusNames) -> Void
  ) throws(SourceError) {
    var batch = FrameBatch()
    var state = SourceState.open
    while state == .open {
      batch.removeAll()
      state = try source.read(into: &batch, waitingMilliseconds: waitingMilliseconds)
      take(batch, source.buses)
    }
  }
}
