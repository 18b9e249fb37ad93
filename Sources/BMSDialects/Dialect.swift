public import BatteryModel
public import CANFrames
public import DBC

/// One BMS dialect: a DBC file, and what its signals mean for a battery.
///
/// The meaning stands in the same file, as attributes that any DBC tool keeps: `BusbarQuantity`,
/// `BusbarEncoding`, `BusbarNotAvailable` and so on (see `docs/dialects.md`). A file without them is
/// a dialect too: its signals are decoded under their own names.
public struct Dialect: Sendable {
  /// The name that users write, such as `rec`.
  public let name: String
  /// The name for people, such as `REC BMS, Victron-compatible firmware`.
  public let title: String
  /// Usual bit rates in bit/s, the most usual first.
  public let bitRates: [Int]
  /// Texts on the bus that settle that it is this dialect.
  public let identity: [IdentityPattern]
  /// Names of products, by the texts that they are known by.
  private let products: [(pattern: IdentityPattern, name: String)]
  public let file: DBCFile
  public let plan: DecodePlan
  /// What each message of the plan is; same order.
  public let messages: [MessageMeaning]
  /// What each signal of the plan means; same order.
  public let signals: [SignalMeaning]

  /// Compiles a dialect from its file.
  ///
  /// - Throws: ``DialectError`` for an attribute that says nothing Busbar understands.
  public init(_ file: DBCFile) throws(DialectError) {
    let plan = DecodePlan(file)
    var messages: [MessageMeaning] = []
    var signals: [SignalMeaning] = []
    let sources = Dictionary(file.messages.map { ($0.identifier, $0) }) { first, _ in first }
    for message in plan.messages {
      guard let source = sources[message.identifier] else { continue }
      let named = Dictionary(source.signals.map { ($0.name, $0) }) { first, _ in first }
      messages.append(try MessageMeaning(source, of: file))
      for slot in message.signals {
        guard let signal = named[plan.signals[slot].name] else { continue }
        signals.append(
          try SignalMeaning(signal, field: plan.signals[slot].field, of: file) { name in
            message.signals.first { plan.signals[$0].name == name }
          })
      }
    }
    self.name = file.attribute("BusbarDialect")?.text ?? file.name
    self.title = file.attribute("BusbarTitle")?.text ?? file.name
    self.bitRates = (file.attribute("BusbarBitRates")?.text ?? "").split(separator: " ")
      .compactMap { Int($0) }
    self.identity = try IdentityPattern.list(file.attribute("BusbarIdentity")?.text ?? "", file)
    self.products = try IdentityPattern.products(
      file.attribute("BusbarProducts")?.text ?? "", file)
    self.file = file
    self.plan = plan
    self.messages = messages
    self.signals = signals
  }

  /// Whether at least one signal is connected to a quantity, so that the file describes a battery.
  public var describesBattery: Bool { signals.contains { $0.quantityName != nil } }

  /// The name of the product that says `texts` of itself, such as `REC Q`, or `nil`.
  public func productName(_ texts: [BatteryQuantity: String]) -> String? {
    products.first { texts[$0.pattern.quantity].map($0.pattern.matches) ?? false }?.name
  }

  /// Every quantity that the dialect can carry, in the catalogue's order.
  public var quantities: [BatteryQuantity] {
    let known = signals.reduce(into: Set()) { $0.formUnion($1.possibleQuantities) }
    return BatteryQuantity.allCases.filter(known.contains)
  }

  /// Every cell that has a signal of its own, with what it tells.
  public var cells: [CellMeaning] {
    Set(signals.compactMap(\.cell).filter(\.isFixed)).sorted {
      ($0.quantity.rawValue, $0.place) < ($1.quantity.rawValue, $1.place)
    }
  }

  /// Every identifier that the file describes.
  public var identifiers: [CANIdentifier] { plan.messages.map(\.identifier) }
}
