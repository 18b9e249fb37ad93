import BMSDialects
import BatteryModel
import CANFrames
import DBC

/// Turns the frames of one bus into numbers and events.
struct BatteryReader: Sendable {
  /// The last frame of a message, and what it told: most messages repeat most of the time.
  private struct Told: Sendable {
    var payload: UInt64 = 0
    var length: UInt8 = 0
    var values: [Value] = []
    /// Whether the rest is of a frame.
    var isKnown = false
  }

  private struct Value: Sendable {
    enum Kind { case number, flag, alarm }
    var quantity: BatteryQuantity
    var kind: Kind
    var value: Double
  }

  private static let shortestPause: Int64 = 30_000_000_000
  private static let longestPause: Int64 = 600_000_000_000

  private let choice: HistoryDialects
  private let isWhole: Bool
  private var decoder: DialectDecoder?
  private var dialectWatch: DialectWatch
  private var beginning = BusBeginning()
  /// When it is not asked what a bus speaks that was not understood so far.
  private var pause: Range<Int64> = 0..<0
  private var judge = PlausibilityGuard()
  private var derived = DerivedSeries()
  private var fields: [DecodedField] = []
  private var kinds: [HistoryEvent.Kind] = []
  /// By the message's number in the dialect's plan.
  private var told: [Told] = []

  /// The bus's name; empty if it has none.
  let bus: String
  private(set) var state: BatteryState

  /// - Parameters:
  ///   - bus: The bus's name; empty if it has none.
  ///   - choice: Which dialects there are.
  ///   - state: Where to go on.
  ///   - isWhole: Whether all frames of the bus will come, so that another dialect can be noticed.
  init(
    _ bus: String, _ choice: HistoryDialects, _ state: BatteryState = BatteryState(),
    isWhole: Bool = true
  ) {
    self.bus = bus
    self.choice = choice
    self.isWhole = isWhole && choice.isAutomatic
    self.state = state
    dialectWatch = DialectWatch(mayFollow: choice.isAutomatic)
    if let era = state.present { speak(era) }
  }

  /// Reads what comes next by the dialect and product of an era.
  mutating func speak(_ era: BatteryState.Era) {
    guard let dialect = choice.dialect(named: era.dialect) else { return }
    speak(DialectDecoder(dialect, product: era.product))
  }

  private mutating func speak(_ decoder: DialectDecoder) {
    self.decoder = decoder
    told = [Told](repeating: Told(), count: decoder.dialect.plan.messages.count)
  }

  /// Whether frames of an identifier can tell a quantity; all can while it is not known what they
  /// speak.
  ///
  /// - Parameters:
  ///   - identifier: The frames'.
  ///   - quantity: What is wanted.
  ///   - andIdentity: Whether those count that tell who the battery is.
  /// - Returns: Whether they have to be read.
  func mayNeed(
    _ identifier: CANIdentifier, for quantity: BatteryQuantity, andIdentity: Bool
  ) -> Bool {
    guard let dialect = decoder?.dialect else { return true }
    guard let index = dialect.plan.messageIndex(for: identifier) else { return false }
    let wanted = DerivedSeries.sources(of: quantity).union([quantity])
    return dialect.plan.messages[index].signals.contains { slot in
      dialect.signals[slot].possibleQuantities.contains {
        wanted.contains($0) || andIdentity && $0.details.kind == .identity
      }
    }
  }

  /// Nobody listened between what came before and what comes next.
  mutating func interrupted() {
    state.watch.interrupted()
    judge = PlausibilityGuard()
    derived = DerivedSeries()
  }

  /// Takes a frame.
  ///
  /// - Parameters:
  ///   - frame: With its time since 1970.
  ///   - samples: Gets the numbers.
  ///   - events: Gets what happened.
  mutating func take(
    _ frame: CANFrame, samples: inout [Sample], events: inout [HistoryEvent]
  ) {
    guard decoder != nil else {
      if pause.contains(frame.timestamp) { return }
      guard beginning.take(frame) else { return }
      begin(samples: &samples, events: &events)
      if decoder == nil { rest(at: frame.timestamp) }
      return
    }
    if isWhole, dialectWatch.note(frame, now: frame.timestamp) {
      followDialect(at: frame.timestamp, &events)
    }
    decode(frame, samples: &samples, events: &events)
  }

  /// Decides for a dialect by what there is, at the end of a recording.
  mutating func finish(samples: inout [Sample], events: inout [HistoryEvent]) {
    if decoder == nil { begin(samples: &samples, events: &events) }
  }

  /// Judges a bus that speaks no dialect ever more rarely: years of it would take hours.
  private mutating func rest(at time: Int64) {
    let length = min(Self.longestPause, max(Self.shortestPause, Int64(pause.count) * 2))
    let (end, isBeyond) = time.addingReportingOverflow(length)
    pause = time..<(isBeyond ? .max : end)
  }

  private mutating func followDialect(at time: Int64, _ events: inout [HistoryEvent]) {
    guard let decoder, let dialect = dialectWatch.change(from: decoder, now: time)?.dialect else {
      return
    }
    let change = HistoryEvent.Kind.dialectChanged(from: decoder.dialect.name, to: dialect.name)
    events.append(HistoryEvent(change, time: time, bus: bus))
    speak(DialectDecoder(dialect))
    judge = PlausibilityGuard()
    state.begin(dialect.name, [:], at: time)
  }

  private mutating func begin(samples: inout [Sample], events: inout [HistoryEvent]) {
    let frames = beginning.frames
    let dialect = choice.dialect(for: beginning.census)
    beginning = BusBeginning()
    guard let dialect, let first = frames.first else { return }
    events.append(
      HistoryEvent(
        .dialectChanged(from: nil, to: dialect.name), time: first.timestamp, bus: bus))
    // Who the battery is decides what some of its signals mean.
    let decoder = DialectDecoder(dialect, learningFrom: frames)
    speak(decoder)
    state.begin(dialect.name, decoder.product, at: first.timestamp)
    for frame in frames { decode(frame, samples: &samples, events: &events) }
  }

  private mutating func decode(
    _ frame: CANFrame, samples: inout [Sample], events: inout [HistoryEvent]
  ) {
    guard let message = decoder?.dialect.plan.messageIndex(for: frame.identifier),
      decoder?.dialect.messages[message].direction == .battery
    else { return }
    let time = frame.timestamp
    state.watch.heard(at: time, events: &kinds)
    if !told[message].isKnown || told[message].payload != frame.payload
      || told[message].length != frame.length
    {
      learn(frame, message)
    }
    for index in told[message].values.indices {
      let value = told[message].values[index]
      switch value.kind {
      case .number: take(value.value, of: value.quantity, time, &samples)
      case .flag:
        samples.append(Sample(quantity: value.quantity, value: value.value, time: time))
      case .alarm:
        let isActive = value.value != 0
        state.watch.alarm(value.quantity, isActive: isActive, at: time, events: &kinds)
        samples.append(Sample(quantity: value.quantity, value: value.value, time: time))
      }
    }
    guard !kinds.isEmpty else { return }
    for kind in kinds { events.append(HistoryEvent(kind, time: time, bus: bus)) }
    kinds.removeAll(keepingCapacity: true)
  }

  /// Decodes a frame that is not the same as the last one of its message.
  private mutating func learn(_ frame: CANFrame, _ message: Int) {
    _ = decoder?.decode(frame, into: &fields)
    told[message].values.removeAll(keepingCapacity: true)
    var tellsIdentity = false
    for field in fields {
      guard let quantity = field.quantity else { continue }
      switch field.value {
      case .number, .real:
        guard let number = field.value.number else { continue }
        told[message].values.append(Value(quantity: quantity, kind: .number, value: number))
      case .flag(let flag):
        told[message].values.append(Value(quantity: quantity, kind: .flag, value: flag ? 1 : 0))
      case .alarm(let state):
        guard state != .unsupported else { continue }
        let value: Double = state == .active ? 1 : 0
        told[message].values.append(Value(quantity: quantity, kind: .alarm, value: value))
      case .text:
        guard field.isIdentity, let text = decoder?.wholeText(field) else { continue }
        tellsIdentity = true
        state.watch.text(quantity, text, events: &kinds)
      case .notAvailable: continue
      }
    }
    (told[message].payload, told[message].length) = (frame.payload, frame.length)
    told[message].isKnown = true
    if tellsIdentity, let product = decoder?.product, state.present?.product != product {
      state.told(product, at: frame.timestamp)
      // Another product can mean other quantities by the same bits.
      for index in told.indices { told[index].isKnown = false }
    }
  }

  @inline(__always)
  private mutating func take(
    _ value: Double, of quantity: BatteryQuantity, _ time: Int64, _ samples: inout [Sample]
  ) {
    // What is kept from being published is kept from the charts; the frame stays.
    guard value.isFinite, judge.doubt(quantity, value, heard: time) == nil else { return }
    if quantity == .stateOfCharge { state.watch.charge(value, at: time, events: &kinds) }
    samples.append(Sample(quantity: quantity, value: value, time: time))
    derived.take(quantity, value, at: time, samples: &samples)
  }
}
