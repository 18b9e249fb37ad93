import CANFrames

/// The conversation with an adapter that speaks GVRET: binary mode, bit rates, listening only,
/// frames.
///
/// An adapter that does not confirm that it only listens is used all the same, and it is told: it
/// was on the bus like that before Busbar came.
struct GVRETSession: AdapterSession {
  private enum Step: Hashable, Sendable {
    case closed
    /// Asked for its bit rates the so-manyeth time.
    case askingParameters(Int)
    case confirming
    case listening
  }

  private static let attempts = 5
  private static let answerTime: Int64 = 1_000_000_000
  /// More than the longest message.
  private static let longestMessage = 96

  let busNames: [String?]
  private(set) var rejections = RejectionCounter()
  private(set) var nextTime: Int64?
  private let settings: GVRETSettings
  private var step = Step.closed
  private var pending: [UInt8] = []
  private var garbage: [UInt8] = []
  private var clock = AdapterClock(period: 4_294_967_296_000)
  private var probe = LivenessProbe(now: 0)
  private var parameters: GVRETParameters?
  private var build: UInt16?

  init(_ settings: GVRETSettings) {
    self.settings = settings
    busNames = (0..<16).map { "can\($0)@\(settings.name)" }
  }

  var isListening: Bool { step == .listening }

  mutating func begin(at now: ClockReading, into outcome: inout SessionOutcome) {
    let counted = rejections
    self = Self(settings)
    rejections = counted
    ask(attempt: 1, now, &outcome)
  }

  mutating func close() {
    step = .closed
    nextTime = nil
  }

  mutating func receive(
    _ bytes: Span<UInt8>, at now: ClockReading, into outcome: inout SessionOutcome
  ) {
    for index in bytes.indices { pending.append(bytes[index]) }
    var start = 0
    while start < pending.count, outcome.fault == nil {
      switch GVRETMessage.read(pending[start...]) {
      case .message(let message, let length):
        start += length
        endGarbage(&outcome)
        take(message, now, &outcome)
      case .garbage:
        if garbage.count < Self.longestMessage { garbage.append(pending[start]) }
        start += 1
      case .incomplete:
        pending.removeFirst(start)
        return
      }
    }
    pending.removeAll(keepingCapacity: true)
  }

  mutating func wake(at now: ClockReading, into outcome: inout SessionOutcome) {
    switch step {
    case .closed: break
    case .askingParameters(let attempt):
      if attempt < Self.attempts {
        ask(attempt: attempt + 1, now, &outcome)
      } else {
        outcome.fault = .silent
      }
    case .confirming: listen(isConfirmed: false, now, &outcome)
    case .listening:
      switch probe.due(at: now.monotonic) {
      case .ask: outcome.commands.append(.gvret(.keepAlive))
      case .giveUp: outcome.fault = .noLongerAnswers
      case nil: break
      }
      nextTime = probe.nextTime
    }
  }
}

extension GVRETSession {
  private mutating func ask(
    attempt: Int, _ now: ClockReading, _ outcome: inout SessionOutcome
  ) {
    step = .askingParameters(attempt)
    nextTime = now.monotonic + Self.answerTime
    outcome.commands += [.gvret(.binaryMode), .gvret(.deviceInfo), .gvret(.busParameters)]
  }

  private mutating func listen(
    isConfirmed: Bool, _ now: ClockReading, _ outcome: inout SessionOutcome
  ) {
    step = .listening
    probe = LivenessProbe(now: now.monotonic)
    nextTime = probe.nextTime
    outcome.commands.append(.gvret(.timeSync))
    let name = build.map { " (build \($0))" } ?? ""
    let what = "GVRET adapter\(name)\(isConfirmed ? ": only listening," : ":")"
    // Until it confirms, what it was told holds; of a bus that was not chosen any that is on.
    let asked = isConfirmed ? nil : settings.bitRate.map { UInt32(clamping: $0) }
    let rates = parameters?.rates ?? []
    let isChosen = settings.bus != nil || settings.bitRate != nil
    let rate = asked ?? (isChosen ? rates[settings.mainBus] : rates.first { $0 > 0 })
    if let rate, rate > 0 {
      outcome.remarks.append(.listening("\(what) at \(rate / 1000) kbit/s"))
    } else {
      outcome.remarks.append(.busIsOff)
    }
    if !isConfirmed { outcome.remarks.append(.listenOnlyUnconfirmed) }
  }

  private mutating func take(
    _ message: GVRETMessage, _ now: ClockReading, _ outcome: inout SessionOutcome
  ) {
    probe.heard()
    switch message {
    case .frame(var frame, let time) where step == .listening:
      frame.timestamp = clock.time(of: Int64(time) * 1000, arrival: now)
      if settings.hears(frame.bus) { outcome.batch.append(frame) }
    case .flexibleDataRate where step == .listening: outcome.tell(rejections.rejectFlexible())
    case .time(let time): _ = clock.time(of: Int64(time) * 1000, arrival: now)
    case .parameters(let parameters): take(parameters, now, &outcome)
    case .build(let build): self.build = build
    case .alive: probe.answered()
    case .frame, .flexibleDataRate, .other: break
    }
  }

  private mutating func take(
    _ parameters: GVRETParameters, _ now: ClockReading, _ outcome: inout SessionOutcome
  ) {
    switch step {
    case .askingParameters:
      self.parameters = parameters
      var rates = parameters.rates.map(GVRETBusRate.init)
      if let rate = settings.bitRate {
        rates[settings.mainBus] = GVRETBusRate(UInt32(clamping: rate))
      }
      step = .confirming
      nextTime = now.monotonic + Self.answerTime
      outcome.commands += [.gvret(.listenOnly(rates[0], rates[1])), .gvret(.busParameters)]
    case .confirming:
      self.parameters = parameters
      let rate = Int(parameters.rates[settings.mainBus])
      let isRight = settings.bitRate.map { $0 == rate } ?? true
      listen(isConfirmed: parameters.isListenOnly && isRight, now, &outcome)
    case .closed, .listening: break
    }
  }

  /// Counts a run of bytes that were no message as one.
  private mutating func endGarbage(_ outcome: inout SessionOutcome) {
    guard !garbage.isEmpty else { return }
    // Before binary mode an adapter prints text.
    if isListening { outcome.tell(rejections.reject(garbage)) }
    garbage.removeAll(keepingCapacity: true)
  }
}
