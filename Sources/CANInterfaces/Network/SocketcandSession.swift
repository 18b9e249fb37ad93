import CANFrames

/// The conversation with a socketcand server: greeting, bus, raw mode, frames.
///
/// The server stamps frames by its own clock, which may be set wrongly; they are dated by this
/// machine's.
struct SocketcandSession: AdapterSession {
  private enum Step: Hashable, Sendable {
    case closed
    case greeting
    case opening
    case enteringRawMode
    case listening
  }

  private static let answerTime: Int64 = 4_000_000_000

  let busNames: [String?]
  private(set) var rejections = RejectionCounter()
  private(set) var nextTime: Int64?
  private let bus: SocketcandBusName
  private let name: String
  private var step = Step.closed
  private var splitter = SocketcandSplitter()
  private var clock = AdapterClock(period: nil)
  private var probe = LivenessProbe(now: 0)

  init(_ address: NetworkAddress, bus: SocketcandBusName) {
    self.bus = bus
    name = "\(bus.text)@\(address.host)"
    busNames = [name]
  }

  var isListening: Bool { step == .listening }

  mutating func begin(at now: ClockReading, into outcome: inout SessionOutcome) {
    splitter = SocketcandSplitter()
    clock.reset()
    step = .greeting
    nextTime = now.monotonic + Self.answerTime
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
      switch splitter.take(bytes[index]) {
      case .element(let words): take(SocketcandElement(words), words, now, &outcome)
      case .garbage(let bytes): reject(bytes, &outcome)
      case nil: break
      }
    }
  }

  mutating func wake(at now: ClockReading, into outcome: inout SessionOutcome) {
    guard step == .listening else {
      outcome.fault = .silent
      return
    }
    switch probe.due(at: now.monotonic) {
    case .ask: outcome.commands.append(.socketcand(.echo))
    case .giveUp: outcome.fault = .noLongerAnswers
    case nil: break
    }
    nextTime = probe.nextTime
  }

  private mutating func take(
    _ element: SocketcandElement, _ words: [Substring], _ now: ClockReading,
    _ outcome: inout SessionOutcome
  ) {
    probe.heard()
    switch (step, element) {
    case (.greeting, .greeting): say(.open(bus), .opening, now, &outcome)
    case (.opening, .ok): say(.rawMode, .enteringRawMode, now, &outcome)
    case (.enteringRawMode, .ok):
      step = .listening
      probe = LivenessProbe(now: now.monotonic)
      nextTime = probe.nextTime
      outcome.remarks.append(.listening("connected to socketcand"))
    case (.listening, .frame(var frame)):
      frame.timestamp = clock.time(of: frame.timestamp, arrival: now)
      outcome.batch.append(frame)
    case (.listening, .flexibleDataRate): outcome.tell(rejections.rejectFlexible())
    case (.listening, .echo): probe.answered()
    // A server that does not know the question for an echo says so.
    case (.listening, .refusal):
      probe.stop()
      nextTime = nil
    case (.listening, .ok), (.listening, .greeting): break
    case (_, .refusal(let text)): outcome.fault = .refused(text)
    case (.greeting, _):
      outcome.fault = .foreignLanguage(
        RejectionCounter.excerpt(words.joined(separator: " ").utf8))
    case (.listening, .other): reject(Array(words.joined(separator: " ").utf8), &outcome)
    default: break
    }
  }

  private mutating func say(
    _ command: SocketcandCommand, _ next: Step, _ now: ClockReading,
    _ outcome: inout SessionOutcome
  ) {
    step = next
    nextTime = now.monotonic + Self.answerTime
    outcome.commands.append(.socketcand(command))
  }

  private mutating func reject(_ bytes: [UInt8], _ outcome: inout SessionOutcome) {
    if step == .greeting {
      outcome.fault = .foreignLanguage(RejectionCounter.excerpt(bytes))
    } else {
      outcome.tell(rejections.reject(bytes))
    }
  }
}
