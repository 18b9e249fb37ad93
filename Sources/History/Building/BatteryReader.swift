import BMSDialects
import BatteryModel
import CANFrames
import DBC

/// Turns the frames of one bus into numbers and events.
struct BatteryReader: Sendable {
  /// What has to be known to go on after a restart.
  struct State: Sendable, Codable {
    var dialect: String?
    var product: [BatteryQuantity: String] = [:]
    var watch = BatteryWatch()

    init() {}

    /// What was known of a battery, without what it was watched for; nothing of an unknown one.
    init(_ other: State?) {
      dialect = other?.dialect
      product = other?.product ?? [:]
    }

    init(dialect: String?, product: [BatteryQuantity: String], watch: BatteryWatch) {
      self.dialect = dialect
      self.product = product
      self.watch = watch
    }
  }

  private let choice: HistoryDialects
  private let isWhole: Bool
  private var decoder: DialectDecoder?
  private var dialectWatch: DialectWatch
  private var beginning = BusBeginning()
  private var judge = PlausibilityGuard()
  private var watch: BatteryWatch
  private var derived = DerivedSeries()
  private var fields: [DecodedField] = []
  private var kinds: [HistoryEvent.Kind] = []
  /// The last payload of each message that tells who the battery is: they repeat all day.
  private var toldPayloads: [CANIdentifier: UInt64] = [:]

  /// The bus's name; empty if it has none.
  let bus: String

  /// - Parameters:
  ///   - bus: The bus's name; empty if it has none.
  ///   - choice: Which dialects there are.
  ///   - state: Where to go on.
  ///   - isWhole: Whether all frames of the bus will come, so that another dialect can be noticed.
  init(
    _ bus: String, _ choice: HistoryDialects, _ state: State = State(), isWhole: Bool = true
  ) {
    self.bus = bus
    self.choice = choice
    self.isWhole = isWhole
    watch = state.watch
    dialectWatch = DialectWatch(mayFollow: choice.isAutomatic)
    decoder = choice.dialect(named: state.dialect).map {
      DialectDecoder($0, product: state.product)
    }
  }

  /// Whether frames of an identifier can tell a quantity, or who the battery is; all can while it
  /// is not known what they speak.
  func mayNeed(_ identifier: CANIdentifier, for quantity: BatteryQuantity) -> Bool {
    guard let dialect = decoder?.dialect else { return true }
    guard let index = dialect.plan.messageIndex(for: identifier) else { return false }
    let wanted = DerivedSeries.sources(of: quantity).union([quantity])
    return dialect.plan.messages[index].signals.contains { slot in
      dialect.signals[slot].possibleQuantities.contains {
        wanted.contains($0) || $0.details.kind == .identity
      }
    }
  }

  var state: State {
    State(dialect: decoder?.dialect.name, product: decoder?.product ?? [:], watch: watch)
  }

  /// Nobody listened between what came before and what comes next.
  mutating func interrupted() {
    watch.interrupted()
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
      guard beginning.take(frame) else { return }
      begin(samples: &samples, events: &events)
      return
    }
    if isWhole, choice.isAutomatic, let decoder,
      let candidate = dialectWatch.change(from: decoder, frame, now: frame.timestamp),
      let dialect = candidate.dialect
    {
      let change = HistoryEvent.Kind.dialectChanged(
        from: decoder.dialect.name, to: dialect.name)
      events.append(HistoryEvent(change, time: frame.timestamp, bus: bus))
      self.decoder = DialectDecoder(dialect)
      judge = PlausibilityGuard()
    }
    decode(frame, samples: &samples, events: &events)
  }

  /// Decides for a dialect by what there is, at the end of a recording.
  mutating func finish(samples: inout [Sample], events: inout [HistoryEvent]) {
    if decoder == nil { begin(samples: &samples, events: &events) }
  }

  private mutating func begin(samples: inout [Sample], events: inout [HistoryEvent]) {
    let frames = beginning.frames
    let dialect = choice.dialect(for: beginning.census)
    beginning = BusBeginning()
    guard let dialect, let first = frames.first else { return }
    events.append(
      HistoryEvent(
        .dialectChanged(from: nil, to: dialect.name), time: first.timestamp, bus: bus))
    decoder = DialectDecoder(dialect)
    // Who the battery is decides what some of its signals mean.
    for frame in frames { _ = decoder?.decode(frame, into: &fields) }
    for frame in frames { decode(frame, samples: &samples, events: &events) }
  }

  private mutating func decode(
    _ frame: CANFrame, samples: inout [Sample], events: inout [HistoryEvent]
  ) {
    guard let message = decoder?.decode(frame, into: &fields),
      decoder?.meaning(of: message.identifier)?.direction == .battery
    else { return }
    let time = frame.timestamp
    watch.heard(at: time, events: &kinds)
    var isNewText = false
    for field in fields {
      guard let quantity = field.quantity else { continue }
      switch field.value {
      case .number, .real:
        if let value = field.value.number { take(value, of: quantity, time, &samples) }
      case .flag(let flag):
        samples.append(Sample(quantity: quantity, value: flag ? 1 : 0, time: time))
      case .alarm(let state):
        guard state != .unsupported else { continue }
        let isActive = state == .active
        watch.alarm(quantity, isActive: isActive, at: time, events: &kinds)
        samples.append(Sample(quantity: quantity, value: isActive ? 1 : 0, time: time))
      case .text:
        guard toldPayloads[frame.identifier] != frame.payload, field.isIdentity,
          let text = decoder?.wholeText(field)
        else { continue }
        isNewText = true
        watch.text(quantity, text, events: &kinds)
      case .notAvailable: continue
      }
    }
    if isNewText { toldPayloads[frame.identifier] = frame.payload }
    for kind in kinds { events.append(HistoryEvent(kind, time: time, bus: bus)) }
    kinds.removeAll(keepingCapacity: true)
  }

  private mutating func take(
    _ value: Double, of quantity: BatteryQuantity, _ time: Int64, _ samples: inout [Sample]
  ) {
    // What is kept from being published is kept from the charts; the frame stays.
    guard value.isFinite, judge.doubt(quantity, value, heard: time) == nil else { return }
    if quantity == .stateOfCharge { watch.charge(value, at: time, events: &kinds) }
    samples.append(Sample(quantity: quantity, value: value, time: time))
    derived.take(quantity, value, at: time, samples: &samples)
  }
}
