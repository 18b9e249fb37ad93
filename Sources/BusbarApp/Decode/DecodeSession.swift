import BMSDialects
import BatteryModel
import CANFrames
package import CANInterfaces
import DBC

/// Reads a source to its end, decodes every frame and writes it: what `busbar decode` does.
package struct DecodeSession<Source: FrameSource & ~Copyable>: ~Copyable {
  /// How long a read waits before the session looks around, in milliseconds.
  private static var waitingMilliseconds: Int32 { 200 }

  package private(set) var source: Source
  package private(set) var tally = FrameTally()
  private var output: any DecodeOutput
  private let choice: DialectChoice
  private let name: String
  private let notices: any Notices
  private let standardOutput = StandardOutput()
  private var decoder: DialectDecoder?
  private var text: [UInt8] = []
  private var decoded: DecodedFrame?
  private var judge = PlausibilityGuard()
  private var doubts = DoubtLog()
  private var watch: DialectWatch

  /// - Parameters:
  ///   - source: Where frames come from.
  ///   - output: How they are written.
  ///   - choice: The dialect, or that it is to be found out.
  ///   - name: What to call the source in notices.
  ///   - notices: Where to tell people what happens.
  package init(
    _ source: consuming Source, _ output: any DecodeOutput, choice: DialectChoice, name: String,
    notices: any Notices
  ) {
    self.source = source
    self.output = output
    self.choice = choice
    self.name = name
    self.notices = notices
    if case .automatic = choice {
      watch = DialectWatch(mayFollow: output.canBeginAgain)
    } else {
      watch = DialectWatch(mayFollow: false)
    }
  }

  /// Runs until the source ends or is stopped.
  ///
  /// - Throws: ``SourceError`` if the source fails, ``OutputError`` if nobody can read any more.
  package mutating func run() throws {
    var batch = FrameBatch()
    var state = try lookAhead()
    while state == .open {
      batch.removeAll()
      state = try source.read(into: &batch, waitingMilliseconds: Self.waitingMilliseconds)
      try write(batch)
    }
    output.end(to: &text)
    try standardOutput.flush(&text)
  }

  /// Finds out the dialect, begins the output and writes the frames that this took.
  private mutating func lookAhead() throws -> SourceState {
    var ahead = LookAhead()
    var batch = FrameBatch()
    var state = SourceState.open
    if case .fixed = choice, !output.needsLookAhead {
      begin(with: ahead)
      return state
    }
    var isEnough = false
    while state == .open, !isEnough {
      batch.removeAll()
      state = try source.read(into: &batch, waitingMilliseconds: Self.waitingMilliseconds)
      isEnough = ahead.take(
        batch, now: SystemClock.sinceBoot, isVerdictEnough: !output.needsLookAhead)
    }
    begin(with: ahead)
    try write(ahead.batch)
    return state
  }

  private mutating func begin(with ahead: LookAhead) {
    let dialect: Dialect?
    switch choice {
    case .fixed(let fixed):
      dialect = fixed
      for omission in fixed.plan.omissions { notices.tell("\(fixed.file.name): \(omission)") }
      for fault in fixed.file.faults { notices.tell("\(fault); left out") }
      for reference in fixed.file.danglingReferences { notices.tell("\(reference)") }
    case .automatic:
      let verdict = BusVerdict(ahead.census)
      if ahead.census.frameCount > 0 { notices.tell(DialectNotice.text(verdict, name: name)) }
      dialect = verdict.best?.dialect
    }
    decoder = dialect.map { DialectDecoder($0) }
    // The product is known before the first frame is decoded: some signals depend on it.
    var fields: [DecodedField] = []
    for frame in ahead.batch.frames { _ = decoder?.decode(frame, into: &fields) }
    output.begin(dialect, expecting: ahead.census.entries.map(\.identifier), to: &text)
  }

  private mutating func write(_ batch: FrameBatch) throws(OutputError) {
    var next = batch.events.makeIterator()
    var event = next.next()
    for (index, frame) in batch.frames.enumerated() {
      while let placed = event, placed.position <= index {
        tell(placed.event)
        event = next.next()
      }
      try write(frame)
    }
    while let placed = event {
      tell(placed.event)
      event = next.next()
    }
    try standardOutput.flush(&text)
  }

  private mutating func write(_ frame: CANFrame) throws(OutputError) {
    if let report = CANErrorReport(frame) {
      if tally.addError(report) {
        notices.tell("\(source.buses[frame.bus] ?? name): error frame: \(report)")
      }
      return
    }
    tally.frames += 1
    try watchDialect(frame)
    var fields = decoded?.fields ?? []
    decoded = nil
    let message = decoder?.decode(frame, into: &fields)
    let ready = DecodedFrame(
      frame: frame, bus: source.buses[frame.bus], message: message, fields: fields)
    output.write(ready, to: &text)
    tellDoubts(ready)
    decoded = ready
    if text.count >= StandardOutput.bufferSize { try standardOutput.flush(&text) }
  }

  /// Goes over to another dialect when the battery does, or says so where that cannot be.
  private mutating func watchDialect(_ frame: CANFrame) throws(OutputError) {
    guard let decoder, let time = frame.sourceTime,
      let candidate = watch.change(from: decoder, frame, now: time),
      let dialect = candidate.dialect
    else { return }
    notices.tell(
      DialectNotice.change(
        from: decoder.dialect, to: candidate, at: time, isFollowed: watch.mayFollow, name: name))
    guard watch.mayFollow else { return }
    self.decoder = DialectDecoder(dialect)
    output.begin(dialect, expecting: watch.heard, to: &text)
  }

  /// Says which values cannot be true; they are written all the same, since they were sent.
  private mutating func tellDoubts(_ decoded: DecodedFrame) {
    let time = decoded.frame.sourceTime ?? 0
    for field in decoded.fields {
      guard let quantity = field.quantity, let number = field.value.number,
        let doubt = judge.doubt(quantity, number, heard: time),
        let line = doubts.line(doubt, now: time)
      else { continue }
      notices.tell("\(decoded.bus ?? name): 0x\(decoded.frame.identifier): \(line)")
    }
  }

  private mutating func tell(_ event: BusEvent) {
    if case .framesDropped(let count) = event.kind { tally.lost += count }
    notices.tell("\(source.buses[event.bus] ?? name): \(event)")
  }
}
