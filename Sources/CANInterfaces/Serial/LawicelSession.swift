import CANFrames

/// The conversation with an adapter that speaks the LAWICEL protocol.
///
/// The adapter is closed, asked who it is, set up and opened for listening only:
///
///     C  V  S5  X1  Z1  N  L         the original and its clones, which answer each command
///     C  V  S5  M1 O                 CANable's firmware, which answers only V
///
/// Answers come in the order of the commands but do not name them. When one was missing, the next
/// could be taken for another's; then the version is asked for once more, whose answer is known
/// when it is seen, before the one command whose answer matters.
struct LawicelSession: AdapterSession {
  private enum Step: Hashable, Sendable {
    case closed
    /// Asked for the version the so-manyeth time.
    case waking(Int)
    /// The version is known; late answers to earlier questions are let pass.
    case settling
    case settingBitRate
    case settingAutoSend
    case settingTimeStamps
    case askingSerialNumber
    case synchronising
    case opening
    case openingUnconfirmed
    case listening
  }

  /// An Arduino that is reset by the opening of its port takes two seconds to boot.
  private static let attempts = 6
  private static let answerTime: Int64 = 600_000_000
  private static let settleTime: Int64 = 150_000_000

  let busNames: [String?]
  private(set) var rejections = RejectionCounter()
  private(set) var nextTime: Int64?
  private let settings: SerialLineSettings
  private var step = Step.closed
  private var splitter = LawicelSplitter()
  private var clock = AdapterClock(period: 60_000_000_000)
  private var probe = LivenessProbe(now: 0)
  private var answersCommands = false
  private var hasMissedAnswer = false
  /// Whether it was closed and opened once more since it did not confirm the first time.
  private var hasOpenedAgain = false
  private var version: String?
  private var serialNumber: String?
  private var hasTimeStamps = false
  private var isStamped = false

  init(_ settings: SerialLineSettings) {
    self.settings = settings
    busNames = [settings.port.name]
  }

  var isListening: Bool { step == .listening }
  var farewell: [AdapterCommand] { step == .closed ? [] : [.lawicel(.close)] }
  private var bitRate: LawicelBitRate { settings.bitRate ?? .assumed }

  /// CANable's firmware answers no command; what does is never opened with `O`.
  private var isCANable: Bool {
    let isNamedSo = version?.lowercased().contains("canable") ?? false
    return !answersCommands && settings.firmware.map { $0 == .canable } ?? isNamedSo
  }

  mutating func begin(at now: ClockReading, into outcome: inout SessionOutcome) {
    let counted = rejections
    self = Self(settings)
    rejections = counted
    wakeUp(attempt: 1, now, &outcome)
  }

  mutating func close() {
    step = .closed
    nextTime = nil
  }

  mutating func receive(
    _ bytes: Span<UInt8>, at now: ClockReading, into outcome: inout SessionOutcome
  ) {
    for index in bytes.indices {
      guard outcome.fault == nil else { return }
      if let piece = splitter.take(bytes[index]) { take(piece, now, &outcome) }
    }
  }

  mutating func wake(at now: ClockReading, into outcome: inout SessionOutcome) {
    switch step {
    case .closed: break
    case .waking(let attempt):
      if attempt < Self.attempts {
        wakeUp(attempt: attempt + 1, now, &outcome)
      } else if answersCommands || settings.firmware == .canable {
        proceed(now, &outcome)
      } else {
        outcome.fault = .silent
      }
    case .settling, .openingUnconfirmed: proceed(now, &outcome)
    case .settingBitRate, .settingAutoSend, .settingTimeStamps, .askingSerialNumber:
      hasMissedAnswer = true
      if step == .settingTimeStamps { outcome.remarks.append(.noTimeStamps) }
      proceed(now, &outcome)
    case .synchronising: outcome.fault = .silent
    case .opening where answersCommands && version != nil && !hasOpenedAgain:
      hasOpenedAgain = true
      outcome.commands.append(.lawicel(.close))
      say(.version, .synchronising, now, &outcome)
    case .opening: outcome.fault = .unconfirmedListenOnly(version: version)
    case .listening: ask(now, &outcome)
    }
  }
}

extension LawicelSession {
  private mutating func wakeUp(
    attempt: Int, _ now: ClockReading, _ outcome: inout SessionOutcome
  ) {
    step = .waking(attempt)
    nextTime = now.monotonic + Self.answerTime
    outcome.commands += [.lawicel(.endOfLine), .lawicel(.close), .lawicel(.version)]
  }

  /// Says a command whose answer, or the lack of it, leads to the next step.
  private mutating func say(
    _ command: LawicelCommand, _ next: Step, _ now: ClockReading, _ outcome: inout SessionOutcome,
    for time: Int64 = answerTime
  ) {
    step = next
    nextTime = now.monotonic + time
    outcome.commands.append(.lawicel(command))
  }

  /// Goes on to the step after the present one.
  private mutating func proceed(_ now: ClockReading, _ outcome: inout SessionOutcome) {
    switch step {
    case .waking where isCANable, .settling where isCANable:
      guard bitRate != .kilobits800 else {
        outcome.fault = .refusesBitRate(bitRate.rawValue)
        return
      }
      outcome.commands.append(.lawicel(.bitRate(bitRate)))
      say(.silentThenOpen, .openingUnconfirmed, now, &outcome, for: Self.settleTime)
    case .waking, .settling: say(.bitRate(bitRate), .settingBitRate, now, &outcome)
    case .settingBitRate: say(.autoSend, .settingAutoSend, now, &outcome)
    case .settingAutoSend:
      say(.timeStamps(settings.usesTimeStamps), .settingTimeStamps, now, &outcome)
    case .settingTimeStamps: say(.serialNumber, .askingSerialNumber, now, &outcome)
    case .askingSerialNumber where hasMissedAnswer && version != nil:
      say(.version, .synchronising, now, &outcome)
    case .askingSerialNumber, .synchronising:
      say(.listenOnly, .opening, now, &outcome, for: 3 * Self.answerTime)
    case .opening, .openingUnconfirmed: listen(now, &outcome)
    case .closed, .listening: break
    }
  }

  private mutating func listen(_ now: ClockReading, _ outcome: inout SessionOutcome) {
    step = .listening
    probe = LivenessProbe(now: now.monotonic)
    if isCANable { probe.stop() }
    nextTime = isCANable ? nil : probe.nextTime
    let name = [version, serialNumber].compactMap(\.self).joined(separator: ", ")
    let rate = "only listening, at \(bitRate.rawValue / 1000) kbit/s"
    outcome.remarks.append(.listening(name.isEmpty ? rate : "adapter \(name): \(rate)"))
    if settings.bitRate == nil { outcome.remarks.append(.assumedBitRate(bitRate.rawValue)) }
  }

  private mutating func ask(_ now: ClockReading, _ outcome: inout SessionOutcome) {
    switch probe.due(at: now.monotonic) {
    case .ask: outcome.commands.append(.lawicel(.statusFlags))
    case .giveUp: outcome.fault = .noLongerAnswers
    case nil: break
    }
    nextTime = probe.nextTime == .max ? nil : probe.nextTime
  }
}

extension LawicelSession {
  private mutating func take(
    _ piece: LawicelSplitter.Piece, _ now: ClockReading, _ outcome: inout SessionOutcome
  ) {
    if step == .listening {
      hear(piece, now, &outcome)
      return
    }
    switch piece {
    case .yes, .no: answer(piece == .yes, now, &outcome)
    case .line(let line): text(line, now, &outcome)
    // The tail of what the adapter was sending when it was opened.
    case .garbage: break
    }
  }

  private mutating func answer(
    _ isYes: Bool, _ now: ClockReading, _ outcome: inout SessionOutcome
  ) {
    answersCommands = true
    switch step {
    case .settingBitRate where !isYes: outcome.fault = .refusesBitRate(bitRate.rawValue)
    case .opening where !isYes: outcome.fault = .refusesListenOnly(version: version)
    case .settingTimeStamps:
      hasTimeStamps = isYes && settings.usesTimeStamps
      if !isYes, settings.usesTimeStamps { outcome.remarks.append(.noTimeStamps) }
      proceed(now, &outcome)
    case .settingBitRate, .settingAutoSend, .askingSerialNumber, .opening:
      proceed(now, &outcome)
    case .closed, .waking, .settling, .synchronising, .openingUnconfirmed, .listening: break
    }
  }

  private mutating func text(
    _ line: [UInt8], _ now: ClockReading, _ outcome: inout SessionOutcome
  ) {
    // Frames of a channel that was open come between the answers.
    guard LawicelLine(line) == .other else { return }
    switch step {
    case .waking where Self.isText(line):
      version = Self.version(line)
      step = .settling
      nextTime = now.monotonic + Self.settleTime
    case .synchronising:
      if version == Self.version(line) { proceed(now, &outcome) }
    case .askingSerialNumber:
      serialNumber = RejectionCounter.excerpt(line)
      proceed(now, &outcome)
    default: break
    }
  }

  /// The version in a line, without what an interrupted line left before it.
  private static func version(_ line: [UInt8]) -> String {
    let end = line.suffix(5)
    let isVersion =
      end.count == 5 && end.first == UInt8(ascii: "V") && LawicelLine.number(end.dropFirst()) != nil
    return RejectionCounter.excerpt(isVersion ? end : line[...])
  }

  /// Whether a line is meant for people, rather than the rest of a frame.
  private static func isText(_ line: [UInt8]) -> Bool {
    let ofFrames = Set("0123456789ABCDEFabcdeftTrR".utf8)
    return line.allSatisfy { (0x20..<0x7F).contains($0) } && !line.allSatisfy(ofFrames.contains)
  }

  private mutating func hear(
    _ piece: LawicelSplitter.Piece, _ now: ClockReading, _ outcome: inout SessionOutcome
  ) {
    switch piece {
    case .yes: break
    case .no: refusedFlags(&outcome)
    case .garbage(let bytes): outcome.tell(rejections.reject(bytes))
    case .line(let line):
      probe.heard()
      switch LawicelLine(line) {
      case .frame(let frame, let stamp): hear(frame, stamp, line, now, &outcome)
      case .flexibleDataRate: outcome.tell(rejections.rejectFlexible())
      case .flags(let flags):
        probe.answered()
        if var frame = flags.frame {
          frame.timestamp = now.realtime
          outcome.batch.append(frame)
        }
      case .other:
        // Late answers to the questions of the beginning.
        let isAnswer = line.first == UInt8(ascii: "V") || line.first == UInt8(ascii: "N")
        if !isAnswer { outcome.tell(rejections.reject(line)) }
      }
    }
  }

  /// A LAWICEL adapter whose channel is closed refuses to tell its flags: it was restarted.
  private mutating func refusedFlags(_ outcome: inout SessionOutcome) {
    if probe.hasBeenAnswered {
      outcome.fault = .noLongerAnswers
    } else {
      probe.stop()
      nextTime = nil
    }
  }

  private mutating func hear(
    _ frame: CANFrame, _ stamp: UInt16?, _ line: [UInt8], _ now: ClockReading,
    _ outcome: inout SessionOutcome
  ) {
    var frame = frame
    frame.timestamp = now.realtime
    if hasTimeStamps, frame.kind != .error {
      if let stamp {
        isStamped = true
        // The protocol counts to 59,999; ESP32RET lets all 16 bits run over.
        if stamp >= 60_000 { clock.period = 65_536_000_000 }
        frame.timestamp = clock.time(of: Int64(stamp) * 1_000_000, arrival: now)
      } else if isStamped {
        // It had bytes enough for its length only because it lost some.
        outcome.tell(rejections.reject(line))
        return
      }
    }
    outcome.batch.append(frame)
  }
}
