public import BatteryModel
public import CANFrames
import DBC

/// Builds the frames in which a dialect says what is known of a battery: decoding, backwards.
public struct DialectEncoder: Sendable {
  public let dialect: Dialect

  public init(_ dialect: Dialect) { self.dialect = dialect }

  /// Builds a frame of a message.
  ///
  /// - Parameters:
  ///   - message: The message's index in the dialect's plan.
  ///   - length: How many bytes it has; `nil` for the declared length.
  ///   - timestamp: The frame's time.
  ///   - value: What the battery knows; `nil` for what it does not. Signals without a value get their
  ///     not-available code, or 0 if they have none.
  /// - Returns: The frame.
  public func frame(
    of message: Int, length: Int? = nil, timestamp: Int64 = CANFrame.noTime,
    value: (BatteryQuantity) -> QuantityValue?
  ) -> CANFrame {
    let declared = length ?? dialect.plan.messages[message].length
    let frame = dialect.plan.encode(
      message, length: UInt8(clamping: min(8, declared)), timestamp: timestamp
    ) { slot in
      bits(of: slot, value: value)
    }
    return textsIntoShortFrame(frame, message, value)
  }

  private func bits(of slot: Int, value: (BatteryQuantity) -> QuantityValue?) -> UInt64? {
    let meaning = dialect.signals[slot]
    let exception = meaning.rules.first { $0.quantity != nil && applies($0, value) }
    guard let quantity = exception?.quantity ?? meaning.quantity, let known = value(quantity),
      let bits = bits(of: slot, holding: known, with: addition(slot, value))
    else { return notAvailableBits(slot) }
    return bits
  }

  private func bits(
    of slot: Int, holding value: QuantityValue, with addition: (Double) -> Double
  ) -> UInt64? {
    let signal = dialect.plan.signals[slot]
    switch (dialect.signals[slot].encoding, value) {
    case (.number, .number(let number)): return signal.bits(for: addition(number))
    case (.number, .flag(let flag)): return flag ? 1 : 0
    case (.number, .alarm(let state)): return label(state.rawValue, of: signal)
    case (.number, .text(let text)): return label(text, of: signal)
    case (.text, .text(let text)):
      return SignalText.bits(text, part: dialect.signals[slot].part, field: signal.field)
    case (.version, .text(let text)): return SignalText.versionBits(text)
    case (.hex, .text(let text)):
      return text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : nil
    default: return nil
    }
  }

  /// The smallest raw value that has a label.
  private func label(_ label: String, of signal: SignalPlan) -> UInt64? {
    signal.labels.filter { $0.value == label }.map(\.key).min().map { UInt64(bitPattern: $0) }
  }

  private func notAvailableBits(_ slot: Int) -> UInt64? {
    let codes = dialect.signals[slot].notAvailable
    // Of several codes the one farthest from zero is the documented one.
    let code = codes.flatMap { [$0.lowerBound, $0.upperBound] }.max { abs($0) < abs($1) }
    return code.map { UInt64(bitPattern: $0) }
  }

  private func applies(_ rule: SignalRule, _ value: (BatteryQuantity) -> QuantityValue?) -> Bool {
    value(rule.product.quantity)?.text.map(rule.product.matches) ?? false
  }

  /// Takes back what the rules for a product will add when the frame is decoded.
  private func addition(
    _ slot: Int, _ value: (BatteryQuantity) -> QuantityValue?
  ) -> (Double) -> Double {
    let rules = dialect.signals[slot].rules.filter { $0.addition != 0 && applies($0, value) }
    return { number in
      rules.reduce(number) { number, rule in
        let before = number - Double(rule.addition)
        return before > Double(rule.rawAbove ?? .min) ? before : number
      }
    }
  }

  /// A text may reach past the end of its frame; what fits is written.
  private func textsIntoShortFrame(
    _ frame: CANFrame, _ message: Int, _ value: (BatteryQuantity) -> QuantityValue?
  ) -> CANFrame {
    var payload = frame.payload
    for slot in dialect.plan.messages[message].signals
    where dialect.signals[slot].encoding == .text
      && dialect.plan.signals[slot].field.byteCount > frame.length
    {
      guard let bits = bits(of: slot, value: value) else { continue }
      payload = dialect.plan.signals[slot].field.inserting(bits, into: payload)
    }
    return CANFrame(
      timestamp: frame.timestamp, identifier: frame.identifier, payload: payload,
      length: frame.length)
  }
}
