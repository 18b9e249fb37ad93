import BatteryModel
import CANFrames
import DBC
import Glibc

/// Weighs one dialect against what was seen: naive Bayes over identifiers, lengths, names and
/// values.
///
/// The numbers are likelihoods that were chosen once and are held by the confusion table in the
/// tests: they need to be of the right size, not exact.
struct DialectEvidence {
  /// How probable it is that a bus of the dialect shows a message at all, by its presence.
  private static let shown: [MessageMeaning.Presence: Double] = [
    .required: 0.985, .usual: 0.6, .optional: 0.2,
  ]
  private static let strangeIdentifier = 0.02
  private static let strangeLength = 0.03
  private static let strangeName = 0.0005
  private static let unprescribedName = 0.01
  private static let strangeValue = 0.05

  private let census: BusCensus
  private let dialect: Dialect
  private var reasons: [DialectReason] = []
  private var product: [BatteryQuantity: String] = [:]

  init(_ census: BusCensus, _ dialect: Dialect) {
    self.census = census
    self.dialect = dialect
    weighIdentifiers()
    weighValues()
    weighNames()
  }

  func candidate() -> DialectCandidate {
    DialectCandidate(
      dialect: dialect, reasons: reasons.sorted { abs($0.weight) > abs($1.weight) },
      product: product)
  }

  /// "No battery of this family", and "a battery that has not spoken yet".
  ///
  /// Every identifier is equally strange to both; the longer nothing is heard of a battery, the
  /// less probable it is that one is there.
  static func noBattery(_ census: BusCensus) -> [DialectCandidate] {
    let family = census.entries.filter { isFamilyIdentifier($0.identifier) }.count
    let weight = Double(family) * log(0.05) + Double(census.entries.count - family) * log(0.5)
    let text =
      family == 0
      ? "no identifier of the family is there" : "\(family) identifiers are of the family"
    let seconds = census.duration.map { Double($0) / 1e9 }
    let patience = seconds ?? Double(census.entries.map(\.count).max() ?? 0)
    return [
      DialectReason(text: text, speaksFor: family == 0, weight: weight),
      DialectReason(
        text: "too little was heard to be sure", speaksFor: false, weight: weight - patience / 4),
    ].map { DialectCandidate(dialect: nil, reasons: [$0], product: [:]) }
  }

  /// Whether the identifier is one of a battery, or lies where they are.
  static func isFamilyIdentifier(_ identifier: CANIdentifier) -> Bool {
    identifier.format == .standard && (0x300...0x3FF).contains(identifier.number)
      || batteryIdentifiers.contains(identifier)
  }

  /// What the battery's side of any dialect of the atlas sends.
  private static let batteryIdentifiers = Set(
    DialectAtlas.dialects.flatMap { dialect in
      dialect.plan.messages.enumerated()
        .filter { dialect.messages[$0.offset].direction == .battery }.map(\.element.identifier)
    })

  private mutating func weigh(_ likelihood: Double, _ text: String, speaksFor: Bool = false) {
    reasons.append(DialectReason(text: text, speaksFor: speaksFor, weight: log(likelihood)))
  }

  private mutating func weighIdentifiers() {
    var known: [String] = []
    var knownWeight = 0.0
    for (index, message) in dialect.plan.messages.enumerated() {
      let meaning = dialect.messages[index]
      let entry = census.entry(for: message.identifier)
      // What the other side says does not tell which battery it is.
      guard meaning.direction == .battery else { continue }
      let shown = Self.shown[meaning.presence] ?? 0.5
      guard let entry else {
        let missed = 1 - shown * chanceOfHearing(meaning)
        if missed < 0.5 {
          weigh(missed, "0x\(message.identifier) (\(message.name)) is missing")
        } else {
          knownWeight += log(missed)
        }
        continue
      }
      known.append("\(message.identifier)")
      knownWeight += log(shown)
      let fits = meaning.lengths.contains { entry.lengths & 1 << UInt16($0) != 0 }
      if !fits {
        weigh(
          Self.strangeLength,
          "0x\(message.identifier) has \(Self.list(entry.lengths)) bytes, not \(Self.list(meaning.lengths))"
        )
      }
    }
    if !known.isEmpty {
      reasons.append(
        DialectReason(
          text: "knows \(known.count) of the identifiers: \(known.joined(separator: " "))",
          speaksFor: true,
          weight: knownWeight))
    }
    weighStrangers()
  }

  private mutating func weighStrangers() {
    let strangers = census.entries.filter { dialect.plan.messageIndex(for: $0.identifier) == nil }
    let (family, others) = (
      strangers.filter { Self.isFamilyIdentifier($0.identifier) },
      strangers.filter { !Self.isFamilyIdentifier($0.identifier) }
    )
    for entry in family {
      weigh(Self.strangeIdentifier, "does not know 0x\(entry.identifier)")
    }
    if !others.isEmpty {
      // Other devices may share the bus; they say little about the battery.
      reasons.append(
        DialectReason(
          text: "\(others.count) identifiers are of no battery", speaksFor: false,
          weight: Double(others.count) * log(0.5)))
    }
  }

  /// How probable it is that a message that exists was sent while somebody listened.
  private func chanceOfHearing(_ meaning: MessageMeaning) -> Double {
    let rounds: Double
    if let duration = census.duration, duration > 0, meaning.period > 0 {
      rounds = Double(duration) / Double(meaning.period) / 1e6
    } else {
      rounds = Double(census.entries.map(\.count).max() ?? 0)
    }
    return 1 - exp(-1.5 * rounds)
  }

  private mutating func weighNames() {
    for quantity in [BatteryQuantity.manufacturer, .serial, .family] {
      guard let text = product[quantity], !text.isEmpty else { continue }
      let patterns = dialect.identity.filter { $0.quantity == quantity }
      let name = quantity.details.titleInSentence
      if patterns.isEmpty {
        weigh(
          Self.unprescribedName, "the \(name) is '\(text)', which the dialect does not prescribe")
      } else if patterns.contains(where: { $0.matches(text) }) {
        weigh(0.95, "the \(name) is '\(text)'", speaksFor: true)
      } else {
        weigh(Self.strangeName, "the \(name) is '\(text)', another maker's")
      }
    }
  }

  private mutating func weighValues() {
    var decoder = DialectDecoder(dialect)
    var fields: [DecodedField] = []
    var last: [BatteryQuantity: Double] = [:]
    var strange: Set<BatteryQuantity> = []
    for entry in census.entries {
      for frame in entry.samples {
        _ = decoder.decode(frame, into: &fields)
        for field in fields {
          guard let quantity = field.quantity, let number = field.value.number else { continue }
          last[quantity] = number
          if !quantity.plausibleRange.contains(number), strange.insert(quantity).inserted {
            weigh(
              Self.strangeValue,
              "\(quantity.details.titleInSentence) would be \(number) \(field.unit)")
          }
        }
      }
    }
    product = decoder.product
    if let voltage = last[.voltage], let limit = last[.chargeVoltageLimit], limit > 0, voltage > 0,
      !(0.5...1.5).contains(voltage / limit)
    {
      weigh(
        Self.strangeValue, "a voltage of \(voltage) V does not fit a charge limit of \(limit) V")
    }
  }

  private static func list(_ mask: UInt16) -> String {
    list((0...8).filter { mask & 1 << UInt16($0) != 0 })
  }

  private static func list(_ lengths: [Int]) -> String {
    lengths.map(String.init).joined(separator: " or ")
  }
}
