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
  var tally = FrameTally()
  private var output: any DecodeOutput
  private let choice: DialectChoice
  private let notices: any Notices
  private let showsBus: Bool
  private var standsAmongOthers = false
  private var prefix: [UInt8] = []
  /// What was received while it is not yet clear which dialect it is; `nil` afterwards.
  private var ahead: LookAhead?
  private var decoder: DialectDecoder?
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
    watch = DialectWatch(mayFollow: choice.isAutomatic && output.canBeginAgain)
    ahead = LookAhead()
  }

  /// Whether it may go over to another dialect, and stand beside a bus that speaks another.
  var canBeginAgain: Bool { output.canBeginAgain }

  /// Whether it holds frames back until it is clear what they mean.
  var isWaiting: Bool { ahead != nil }

  /// Whether its output has to know which messages there are, or its dialect is to be found out.
  var needsLookAhead: Bool {
    choice.isAutomatic || output.needsLookAhead
  }

  /// Whether a verdict is all that it has to know.
  var isVerdictEnough: Bool { !output.needsLookAhead }

  /// Whether its dialect is known.
  var hasDialect: Bool { decoder != nil }

  /// Goes by its bus's own name, since the source has others.
  mutating func standsAmongOthers(as bus: String) {
    guard !standsAmongOthers else { return }
    standsAmongOthers = true
    name = bus
    guard showsBus else { return }
    let column = ColumnText.left(bus, Self.prefixWidth)
    prefix = Array((column.hasSuffix(" ") ? column : column + " ").utf8)
  }

  /// Takes frames of its bus; call with none while it waits, so that time can pass.
  mutating func take(_ frames: ArraySlice<CANFrame>, buses: BusNames, into text: inout [UInt8]) {
    guard ahead != nil else { return write(frames, buses, &text) }
    let isVerdictEnough = isVerdictEnough
    let isEnough = ahead?.take(
      frames, now: SystemClock.sinceBoot, isVerdictEnough: isVerdictEnough)
    if isEnough == true || !needsLookAhead { endLookAhead(buses, &text) }
  }

  /// Appends what is left when the source has ended.
  mutating func finish(buses: BusNames, into text: inout [UInt8]) {
    endLookAhead(buses, &text)
    let start = text.count
    output.end(to: &text)
    prefixLines(&text, from: start)
  }

  private mutating func endLookAhead(_ buses: BusNames, _ text: inout [UInt8]) {
    guard let ahead else { return }
    begin(with: ahead, into: &text)
    write(ahead.frames[...], buses, &text)
  }

  /// Decides the dialect, once and for all frames that come.
  ///
  /// - Parameters:
  ///   - ahead: What was heard of the bus; its frames are not written by this.
  ///   - text: What the output's beginning is appended to.
  mutating func begin(with ahead: LookAhead, into text: inout [UInt8]) {
    self.ahead = nil
    let start = text.count
    let dialect = dialect(by: ahead)
    // The product is known before the first frame is decoded: some signals depend on it.
    decoder = dialect.map { DialectDecoder($0, learningFrom: ahead.frames) }
    output.begin(dialect, expecting: ahead.census.entries.map(\.identifier), to: &text)
    prefixLines(&text, from: start)
  }

  private func dialect(by ahead: LookAhead) -> Dialect? {
    if case .fixed(let fixed) = choice { return fixed }
    let verdict = BusVerdict(ahead.census)
    if ahead.census.frameCount > 0 { notices.tell(DialectNotice.text(verdict, name: name)) }
    return verdict.best?.dialect
  }

  /// Puts the bus's name in front of the lines that begin at `start`.
  private func prefixLines(_ text: inout [UInt8], from start: Int) {
    guard !prefix.isEmpty, text.count > start else { return }
    var lines: [UInt8] = []
    lines.reserveCapacity(2 * (text.count - start))
    var isLineStart = true
    for byte in text[start...] {
      if isLineStart { lines.append(contentsOf: prefix) }
      lines.append(byte)
      isLineStart = byte == UInt8(ascii: "\n")
    }
    text.replaceSubrange(start..., with: lines)
  }
}

extension DecodeLane {
  private mutating func write(
    _ frames: ArraySlice<CANFrame>, _ buses: BusNames, _ text: inout [UInt8]
  ) {
    let start = text.count
    for frame in frames { write(frame, buses, &text) }
    prefixLines(&text, from: start)
  }

  private mutating func write(_ frame: CANFrame, _ buses: BusNames, _ text: inout [UInt8]) {
    guard frame.kind != .error else { return }
    tally.frames += 1
    watchDialect(frame, &text)
    var fields = decoded?.fields ?? []
    decoded = nil
    let message = decoder?.decode(frame, into: &fields)
    let ready = DecodedFrame(
      frame: frame, bus: buses[frame.bus], message: message, fields: fields)
    output.write(ready, to: &text)
    tellDoubts(ready)
    decoded = ready
  }

  /// Goes over to another dialect when the battery does, or says so where that cannot be; finds the
  /// one of a battery that began to speak after the bus was judged.
  private mutating func watchDialect(_ frame: CANFrame, _ text: inout [UInt8]) {
    guard decoder != nil || watch.mayFollow, let time = frame.sourceTime,
      let candidate = watch.change(from: decoder, frame, now: time),
      let dialect = candidate.dialect
    else { return }
    notices.tell(
      DialectNotice.change(
        from: decoder?.dialect, to: candidate, at: time, isFollowed: watch.mayFollow, name: name))
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
}
