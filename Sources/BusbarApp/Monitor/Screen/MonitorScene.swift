import BMSDialects
import BatteryModel
import CANFrames
import DBC

/// What one picture is drawn from; every section of the screen reads it.
struct MonitorScene {
  let model: MonitorModel
  let controls: MonitorControls
  let appearance: ScreenAppearance
  /// The time on the clock that ages are counted on, in nanoseconds.
  let now: Int64
  /// How many frames came since the user paused; `nil` if the picture does not stand still.
  let missedFrames: Int?
  /// The bus whose battery is shown.
  let bus: UInt8
  let battery: MonitoredBattery
  private let snapshot: BatterySnapshot
  /// For each bus, by its number.
  private var decoders: [DialectDecoder?]

  /// A scene; `bus` is the one whose battery is told in a line, `nil` for a whole picture of what
  /// the user has chosen.
  init(
    _ model: MonitorModel, _ controls: MonitorControls, _ appearance: ScreenAppearance, now: Int64,
    missedFrames: Int? = nil, bus: UInt8? = nil
  ) {
    self.missedFrames = missedFrames
    self.model = model
    self.controls = controls
    self.appearance = appearance
    self.now = now
    let buses = model.batteryBuses
    let chosen = controls.bus.flatMap { buses.contains($0) ? $0 : nil }
    let shown = bus ?? chosen ?? buses[0]
    self.bus = shown
    battery = model.batteries[Int(shown)]
    snapshot = battery.snapshot
    // What one line says needs no message decoded.
    decoders =
      bus == nil ? model.batteries.map { $0.dialect.dialect.map { DialectDecoder($0) } } : []
    // Some signals mean something else on one product: it is learnt before anything is shown.
    var fields: [DecodedField] = []
    for row in model.messages.rows {
      let bus = Int(row.key.bus)
      if bus < decoders.count { _ = decoders[bus]?.decode(row.last, into: &fields) }
    }
  }

  var dialect: Dialect? { dialect(of: bus) }

  func dialect(of bus: UInt8) -> Dialect? { model.dialect(of: bus) }

  /// What the product says of itself.
  var product: [BatteryQuantity: String] {
    Int(bus) < decoders.count ? decoders[Int(bus)]?.product ?? [:] : [:]
  }

  /// The message of a frame and what it holds; `nil` if its bus's dialect does not describe it.
  func decode(_ frame: CANFrame) -> (message: MessagePlan, fields: [DecodedField])? {
    guard Int(frame.bus) < decoders.count, var decoder = decoders[Int(frame.bus)] else {
      return nil
    }
    var fields: [DecodedField] = []
    return decoder.decode(frame, into: &fields).map { ($0, fields) }
  }

  /// The messages that the filter lets through, in their order.
  var rows: [MonitoredMessage] { model.rows(matching: controls.filter) }
}

extension MonitorModel {
  /// The messages whose identifier, name or quantities contain a text; all of them for an empty one.
  package func rows(matching filter: String) -> [MonitoredMessage] {
    guard !filter.isEmpty else { return messages.rows }
    let wanted = filter.lowercased()
    return messages.rows.filter { row in
      if row.key.identifier.description.lowercased().contains(wanted) { return true }
      guard let dialect = dialect(of: row.key.bus),
        let index = dialect.plan.messageIndex(for: row.key.identifier)
      else {
        return "unknown".contains(wanted)
      }
      let message = dialect.plan.messages[index]
      return message.name.lowercased().contains(wanted)
        || message.signals.contains { slot in
          dialect.plan.signals[slot].name.lowercased().contains(wanted)
            || dialect.signals[slot].quantityName?.contains(wanted) ?? false
        }
    }
  }
}

extension MonitorScene {
  /// A value's reading, or `nil` if it is absent.
  func reading(_ quantity: BatteryQuantity) -> BatterySnapshot.Reading? {
    snapshot.reading(of: quantity, at: now)
  }

  /// The values of single cells.
  var cells: CellReadings { snapshot.cells }

  func number(_ quantity: BatteryQuantity) -> Double? { reading(quantity)?.value.number }

  func text(_ quantity: BatteryQuantity) -> String? {
    reading(quantity)?.value.text.map { appearance.clean($0) }
  }

  func flag(_ quantity: BatteryQuantity) -> Bool? {
    if case .flag(let flag)? = reading(quantity)?.value { flag } else { nil }
  }

  /// Dim once a value has lived through half of its time without being confirmed.
  func style(_ quantity: BatteryQuantity, _ style: ScreenStyle = .plain) -> ScreenStyle {
    guard let reading = reading(quantity) else { return .dim }
    let age = now - reading.heard
    guard age > 0, snapshot.reading(of: quantity, at: now + age) == nil else { return style }
    var faded = style
    faded.isBold = false
    faded.isDim = true
    return faded
  }

  /// Every quantity that is known, active alarms among them.
  var activeAlarms: [(quantity: BatteryQuantity, reading: BatterySnapshot.Reading)] {
    snapshot.activeAlarms(at: now)
  }

  /// How many alarms and warnings the battery says are not active.
  var quietAlarmCount: Int {
    BatteryQuantity.alarms.filter { reading($0)?.value == .alarm(.inactive) }.count
  }

  /// Whether anything is known of a battery.
  var hasBattery: Bool {
    !cells.isEmpty
      || snapshot.currentReadings(at: now).contains { $0.quantity.details.kind != .identity }
  }

  /// A moment on the frames' scale as people read it.
  func clockTime(_ time: Int64) -> String {
    appearance.clockTime(time, from: CANFrame.firstAbsoluteTime)
  }
}
