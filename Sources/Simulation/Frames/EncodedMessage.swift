import BMSDialects
import BatteryModel
import CANFrames
import DBC

/// One message of a dialect, compiled for encoding: what never changes as bits, and where the rest goes.
struct EncodedMessage: Sendable {
  /// A value of the report and the bits that it becomes.
  private struct Field: Sendable {
    var source: Int
    var signal: SignalPlan
    var kind: Kind
  }

  private enum Kind: Sendable {
    /// In the unit of the catalogue; `takeBack` has to be subtracted above a bound, for a product
    /// that counts differently.
    case number(takeBack: Double, above: Double, absent: UInt64)
    /// One of a few codes, each with its bits.
    case code([UInt64])
    /// The number of a cell or a sensor, as text.
    case ordinal(prefix: String)
  }

  let identifier: CANIdentifier
  let length: UInt8
  private let constant: UInt64
  private let fields: [Field]

  /// The frame for what a report says.
  func frame(_ report: borrowing BMSReport, timestamp: Int64, bus: UInt8) -> CANFrame {
    var payload = constant
    for field in fields {
      let bits = Self.bits(report.values[field.source], field)
      payload = field.signal.field.inserting(bits, into: payload)
    }
    return CANFrame(
      timestamp: timestamp, identifier: identifier, payload: payload, length: length, bus: bus)
  }

  private static func bits(_ value: Double, _ field: Field) -> UInt64 {
    switch field.kind {
    case .number(let takeBack, let above, let absent):
      let number = value - takeBack > above ? value - takeBack : value
      return value.isNaN ? absent : field.signal.bits(for: number) ?? absent
    case .code(let bits):
      return value.isNaN ? 0 : bits[min(bits.count - 1, max(0, Int(value)))]
    case .ordinal(let prefix):
      var bits: UInt64 = 0
      for (index, byte) in (prefix + "\(Int(value.isNaN ? 0 : value))").utf8.prefix(8).enumerated()
      {
        bits |= UInt64(byte) << UInt64(8 * index)
      }
      return bits
    }
  }
}

extension EncodedMessage {
  /// Compiles a message.
  ///
  /// - Parameters:
  ///   - index: The message's index in the dialect's plan.
  ///   - length: How many bytes it is sent with.
  ///   - dialect: What it belongs to.
  ///   - texts: What the battery says of itself.
  ///   - unwatched: The alarms and warnings that this battery does not watch.
  init(
    _ index: Int, length: Int, of dialect: Dialect, texts: [BatteryQuantity: String],
    unwatched: Set<BatteryQuantity> = []
  ) {
    let message = dialect.plan.messages[index]
    self.identifier = message.identifier
    self.length = UInt8(clamping: min(8, length))
    // Texts and not-available codes come from the dialect's own encoder.
    let frame = DialectEncoder(dialect).frame(of: index, length: length) { quantity in
      texts[quantity].map { .text($0) }
        ?? (unwatched.contains(quantity) ? .alarm(.unsupported) : nil)
    }
    self.constant = frame.payload
    self.fields = message.signals.compactMap { slot in
      let signal = dialect.plan.signals[slot]
      guard signal.field.byteCount <= length else { return nil }
      let meaning = dialect.signals[slot]
      let rules = meaning.rules.filter { rule in
        texts[rule.product.quantity].map(rule.product.matches) ?? false
      }
      let quantity = rules.compactMap(\.quantity).first ?? meaning.quantity
      guard let quantity, texts[quantity] == nil, !unwatched.contains(quantity),
        let source = BMSReport.indices[quantity]
      else { return nil }
      let addition = rules.first { $0.addition != 0 }
      let absent = signal.field.bits(in: frame.payload)
      return Field(
        source: source, signal: signal,
        kind: Self.kind(quantity, signal, meaning, addition, absent))
    }
  }

  private static func kind(
    _ quantity: BatteryQuantity, _ signal: SignalPlan, _ meaning: SignalMeaning,
    _ addition: SignalRule?, _ absent: UInt64
  ) -> Kind {
    if meaning.encoding == .text { return .ordinal(prefix: "") }
    func label(_ text: String) -> UInt64 {
      signal.labels.filter { $0.value == text }.map(\.key).min().map { UInt64(bitPattern: $0) } ?? 0
    }
    if BatteryQuantity.alarms.contains(quantity) {
      return .code([AlarmState.unsupported, .inactive, .active].map { label($0.rawValue) })
    }
    if quantity == .systemStatus { return .code([label("offline"), label("online")]) }
    if quantity.isFlag { return .code([0, 1]) }
    return .number(
      takeBack: Double(addition?.addition ?? 0), above: Double(addition?.rawAbove ?? 0),
      absent: absent)
  }
}
