import BMSDialects
import BatteryModel
import CANFrames
import CANInterfaces
import DBC

/// Decodes one bus, and writes it.
struct DecodeLane {
  /// In front of a line, if there are several buses.
  private static let prefixWidth = 14

  /// What notices call it.
  private(set) var name: String
  private(set) var tally = FrameTally()
  private var output: any DecodeOutput
  private let choice: DialectChoice
  private let notices: any Notices
  private let showsBus: Bool
  private var standsAmongOthers = false
  private var sink = DecodeSink()
  /// What was received while it is not yet clear which dialect it is; `nil` afterwards.
  private var ahead: LookAhead?
  private var decoder: DialectDecoder?
  private var text: [UInt8] = []
  private var decoded: DecodedFrame?
  private var judge = PlausibilityGuard()
  private var doubts = DoubtLog()
  private var watch: DialectWatch

  /// - Parameters:
  ///   - output: How frames are written.
  ///   - choice: The dialect, or that it is to be found out.
  ///   - name: What notices call it.
  ///   - notices: Where to tell people what happens.
  ///   - showsBus: Whether each line begins with the bus's name when it stands among others.
  init(
    _ output: any DecodeOutput, choice: DialectChoice, name: String, notices: any Notices,
    showsBus: Bool
  ) {
    self.output = output
    self.choice = choice
    self.name = name
    self.notices = notices
    self.showsBus = showsBus
    if case .automatic = choice {
      watch = DialectWatch(mayFollow: output.canBeginAgain)
    } else {
      watch = DialectWatch(mayFollow: false)
    }
    if case .fixed = choice, !output.needsLookAhead {
      begin(with: LookAhead())
    } else {
      ahead = LookAhead()
    }
  }

  /// Whether it may go over to another dialect, and stand beside a bus that speaks another.
  var canBeginAgain: Bool { output.canBeginAgain }

  /// Goes by its bus's own name, since the source has others.
  mutating func standsAmongOthers(as bus: String) {
    guard !standsAmongOthers else { return }
    standsAmongOthers = true
    name = bus
    guard showsBus else { return }
    let prefix = ColumnText.left(bus, Self.prefixWidth)
    sink = DecodeSink(prefix: prefix.hasSuffix(" ") ? prefix : prefix + " ")
  }

  /// Takes what was received; call with an empty batch too, so that time can pass.
  mutating func take(_ batch: FrameBatch, buses: BusNames) throws(OutputError) {
    guard ahead != nil else { return try write(batch, buses) }
    let isEnough = ahead?.take(
      batch, now: SystemClock.sinceBoot, isVerdictEnough: !output.needsLookAhead)
    if isEnough == true { try endLookAhead(buses) }
  }

  /// Writes what is left when the source has ended.
  mutating func finish(buses: BusNames) throws(OutputError) {
    try endLookAhead(buses)
    output.end(to: &text)
    try sink.flush(&text)
  }

  private mutating func endLookAhead(_ buses: BusNames) throws(OutputError) {
    guard let ahead else { return }
    self.ahead = nil
    begin(with: ahead)
    try write(ahead.batch, buses)
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
}

extension DecodeLane {
  private mutating func write(_ batch: FrameBatch, _ buses: BusNames) throws(OutputError) {
    var next = batch.events.makeIterator()
    var event = next.next()
    for (index, frame) in batch.frames.enumerated() {
      while let placed = event, placed.position <= index {
        tell(placed.event, buses)
        event = next.next()
      }
      try write(frame, buses)
    }
    while let placed = event {
      tell(placed.event, buses)
      event = next.next()
    }
    try sink.flush(&text)
  }

  private mutating func write(_ frame: CANFrame, _ buses: BusNames) throws(OutputError) {
    if let report = CANErrorReport(frame) {
      if tally.addError(report) {
        notices.tell("\(buses[frame.bus] ?? name): error frame: \(report)")
      }
      return
    }
    tally.frames += 1
    watchDialect(frame)
    var fields = decoded?.fields ?? []
    decoded = nil
    let message = decoder?.decode(frame, into: &fields)
    let ready = DecodedFrame(
      frame: frame, bus: buses[frame.bus], message: message, fields: fields)
    output.write(ready, to: &text)
    tellDoubts(ready)
    decoded = ready
    if text.count >= StandardOutput.bufferSize { try sink.flush(&text) }
  }

  /// Goes over to another dialect when the battery does, or says so where that cannot be.
  private mutating func watchDialect(_ frame: CANFrame) {
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

  private mutating func tell(_ event: BusEvent, _ buses: BusNames) {
    if case .framesDropped(let count) = event.kind { tally.lost += count }
    notices.tell("\(buses[event.bus] ?? name): \(event)")
  }
}
