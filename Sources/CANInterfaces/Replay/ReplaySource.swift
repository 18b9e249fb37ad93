package import CANFrames

/// A log, or several that were merged, replayed as if it came off the bus: each frame when it is due.
package struct ReplaySource<Log: ReplayableLog & ~Copyable>: FrameSource, ~Copyable {
  /// The log, with its counts; those of a looping replay are of the present round.
  package private(set) var log: Log
  package var buses: BusNames { log.buses }

  private let name: String
  private let isLooping: Bool
  private let asIfLive: Bool
  private let stop: CInt
  private var pacer: ReplayPacer
  private var queue = FrameBatchQueue()
  /// When the first frame of the queue is due, once that is decided.
  private var dueTime: Int64?
  private var state = SourceState.open
  private var hadFrames = false

  /// Replays a log.
  ///
  /// - Parameters:
  ///   - log: The log at its beginning.
  ///   - name: What to call it in messages.
  ///   - speed: How fast.
  ///   - isLooping: Whether it begins again when it ends; its times then go back too, unless it is
  ///     `asIfLive`.
  ///   - asIfLive: Whether frames and events are stamped with the moment when they are due, instead
  ///     of the recorded one.
  ///   - stop: A descriptor that ends waiting when it becomes readable; -1 for none.
  /// - Throws: If the log cannot be read twice and is to loop.
  package init(
    _ log: consuming Log, name: String, speed: ReplaySpeed = .asRecorded, isLooping: Bool = false,
    asIfLive: Bool = false, stop: CInt = -1
  ) throws(SourceError) {
    if isLooping, !log.canRewind { throw .cannotRewind(name) }
    pacer = ReplayPacer(speed: speed)
    self.log = log
    self.name = name
    self.isLooping = isLooping
    self.asIfLive = asIfLive
    self.stop = stop
  }

  package mutating func read(
    into batch: inout FrameBatch, waitingMilliseconds: Int32
  ) throws(SourceError) -> SourceState {
    let deadline = Deadline(milliseconds: waitingMilliseconds)
    while true {
      if try hasStopped(before: Deadline(milliseconds: 0)) { return .stopped }
      if queue.isEmpty, try fill(before: deadline) == .stopped { return .stopped }
      if deliver(into: &batch) { return .open }
      if queue.isEmpty, state == .ended, !willLoop { return .ended }
      if deadline.hasPassed(at: SystemClock.monotonic) { return .open }
      if let dueTime, try hasStopped(before: deadline.orSooner(dueTime)) { return .stopped }
    }
  }
}

extension ReplaySource where Log == FileSource {
  /// Replays a log file.
  ///
  /// - Parameters:
  ///   - path: Where it is; `-` is standard input.
  ///   - inputFormat: Its format; `nil` to find that out.
  ///   - secondsEastOfUTC: The zone of dates in it that do not name one.
  ///   - speed: How fast.
  ///   - isLooping: Whether it begins again when it ends.
  ///   - asIfLive: Whether frames and events are stamped with the moment when they are due.
  ///   - stop: A descriptor that ends waiting when it becomes readable; -1 for none.
  /// - Throws: If the log cannot be opened, or cannot be read twice and is to loop.
  package init(
    _ path: String, inputFormat: LogFormat? = nil, secondsEastOfUTC: Int = 0,
    speed: ReplaySpeed = .asRecorded, isLooping: Bool = false, asIfLive: Bool = false,
    stop: CInt = -1
  ) throws(SourceError) {
    let file = try FileSource(
      path, inputFormat: inputFormat, secondsEastOfUTC: secondsEastOfUTC, stop: stop)
    try self.init(
      file, name: path, speed: speed, isLooping: isLooping, asIfLive: asIfLive, stop: stop)
  }
}

extension ReplaySource where Log: ~Copyable {
  /// Whether the log begins again when it ends; one without a frame would do so without a pause.
  private var willLoop: Bool { isLooping && hadFrames }

  /// Reads the next piece of the log, from its beginning if it ended and loops.
  private mutating func fill(before deadline: Deadline) throws(SourceError) -> SourceState {
    if state == .ended {
      guard willLoop else { return .ended }
      try log.rewind()
      pacer.logBeganAgain()
      hadFrames = false
    }
    state = try queue.fill { batch throws(SourceError) in
      try log.read(into: &batch, before: deadline)
    }
    if queue.hasFrames { hadFrames = true }
    return state
  }

  /// Moves what is due to `batch`; returns whether anything was.
  private mutating func deliver(into batch: inout FrameBatch) -> Bool {
    let now = ClockReading(realtime: SystemClock.realtime, monotonic: SystemClock.monotonic)
    var hasDelivered = false
    while let item = queue.first {
      let due = dueTime ?? dueTime(of: item, now: now.monotonic)
      guard due <= now.monotonic else {
        dueTime = due
        break
      }
      dueTime = nil
      hasDelivered = true
      let stamp = asIfLive ? now.realtime - (now.monotonic - due) : nil
      switch item {
      case .frame(var frame):
        frame.timestamp = stamp ?? frame.timestamp
        batch.append(frame)
      case .event(var event):
        event.timestamp = stamp ?? event.timestamp
        batch.append(event)
      }
      queue.removeFirst()
    }
    return hasDelivered
  }

  /// An event is due with the frame before it.
  private mutating func dueTime(of item: FrameBatchQueue.Item, now: Int64) -> Int64 {
    switch item {
    case .frame(let frame): pacer.schedule(frame.timestamp, now: now)
    case .event: now
    }
  }

  private func hasStopped(before deadline: Deadline) throws(SourceError) -> Bool {
    do throws(CallFailure) {
      return try Wait.until(-1, isReadyOr: stop, before: deadline) == .stopped
    } catch {
      throw .failed(name, error)
    }
  }
}
