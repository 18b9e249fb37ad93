import BMSDialects
import BatteryModel
import CANFrames
import DBC
import Glibc

/// One message of a dialect, compiled for encoding: what never changes as bits, and where the rest goes.
struct EncodedMessage: Sendable {
  /// A value of the report and the bits that it becomes; plain data, so that nothing is counted or
  /// allocated for a frame.
  private struct Field: Sendable {
    var source: Int
    var bits: BitField
    var kind: Kind
  }

  private enum Kind: Sendable {
    case number(NumberScale)
    /// One of up to three codes, each with its bits.
    case code(UInt64, UInt64, UInt64)
    /// The number of a cell or a sensor, as text.
    case ordinal
  }

  /// How a number in the catalogue's unit becomes a raw value.
  private struct NumberScale: Sendable {
    /// The number of raw 0, and of one step.
    var offset: Double
    var step: Double
    /// Has to be subtracted above a bound, for a product that counts differently.
    var takeBack: Double
    var above: Double
    /// The raw values that fit.
    var lowest: Double
    var highest: Double
    /// The bits of a number that is not known, or does not fit.
    var absent: UInt64

    func bits(_ value: Double) -> UInt64 {
      let number = value - takeBack > above ? value - takeBack : value
      let raw = ((number - offset) / step).rounded()
      guard raw >= lowest, raw <= highest else { return absent }
      return UInt64(bitPattern: Int64(raw))
    }
  }

  let identifier: CANIdentifier
  let length: UInt8
  private let constant: UInt64
  private let fields: [Field]

  /// The frame for what a report says.
  func frame(_ report: borrowing BMSReport, timestamp: Int64, bus: UInt8) -> CANFrame {
    var payload = constant
    for field in fields {
      let value = report.values[field.source]
      let bits: UInt64
      switch field.kind {
      case .number(let scale): bits = scale.bits(value)
      case .code(let first, let second, let third):
        bits = value >= 2 ? third : value >= 1 ? second : first
      case .ordinal: bits = Self.digits(value)
      }
      payload = field.bits.inserting(bits, into: payload)
    }
    return CANFrame(
      timestamp: timestamp, identifier: identifier, payload: payload, length: length, bus: bus)
  }

  /// A number from 0 to 99 as text, first character first.
  private static func digits(_ value: Double) -> UInt64 {
    let number = UInt64(min(99, max(0, value.isNaN ? 0 : value)))
    let ones = UInt64(UInt8(ascii: "0")) + number % 10
    return number < 10 ? ones : (UInt64(UInt8(ascii: "0")) + number / 10) | ones << 8
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
        source: source, bits: signal.field,
        kind: Self.kind(quantity, signal, meaning, addition, absent))
    }
  }

  private static func kind(
    _ quantity: BatteryQuantity, _ signal: SignalPlan, _ meaning: SignalMeaning,
    _ addition: SignalRule?, _ absent: UInt64
  ) -> Kind {
    if meaning.encoding == .text { return .ordinal }
    func label(_ text: String) -> UInt64 {
      signal.labels.filter { $0.value == text }.map(\.key).min().map { UInt64(bitPattern: $0) } ?? 0
    }
    if BatteryQuantity.alarms.contains(quantity) {
      return .code(label("unsupported"), label("inactive"), label("active"))
    }
    if quantity == .systemStatus {
      return .code(label("offline"), label("online"), label("online"))
    }
    if quantity.isFlag { return .code(0, 1, 1) }
    let width = signal.field.width
    let signed = signal.field.isSigned
    let offset = signal.value(in: 0)
    return .number(
      NumberScale(
        offset: offset, step: signal.value(in: signal.field.inserting(1, into: 0)) - offset,
        takeBack: Double(addition?.addition ?? 0), above: Double(addition?.rawAbove ?? 0),
        lowest: signed ? -exp2(Double(width - 1)) : 0,
        highest: min(0x1p62, exp2(Double(signed ? width - 1 : width)) - 1), absent: absent))
  }
}
