/// One signal, compiled: how to find it in a payload and what its raw value means.
///
/// `raw * multiplier / divisor + offset`, with the division last and all three whole numbers where
/// the file's factor and offset allow it, so that 3 * 0.1 is 0.3.
public struct SignalPlan: Sendable {
  /// What makes a multiplexed signal present: the raw value of another signal.
  public struct Condition: Sendable {
    public var field: BitField
    public var values: [ClosedRange<UInt64>]
  }

  public let name: String
  public let unit: String
  public let field: BitField
  public let format: DBCSignal.NumberFormat
  /// Every one has to hold for the signal to be present; empty for most signals.
  public let conditions: [Condition]
  /// Digits after the point that the factor and the offset give.
  public let decimals: Int
  /// Words for raw values.
  public let labels: [Int64: String]

  private let multiplier: Double
  private let offset: Double
  private let divisor: Double
  /// Multiplier and offset as whole numbers, if they are small enough to be exact.
  private let scale: (multiplier: Int64, offset: Int64)?

  /// Compiles a signal.
  ///
  /// - Throws: ``SignalOmission`` if it does not lie within the first eight bytes, or is marked as
  ///   IEEE 754 and has neither 32 nor 64 bits.
  init(_ signal: DBCSignal, conditions: [Condition]) throws(SignalOmission) {
    guard
      let field = BitField(
        startBit: signal.startBit, length: signal.length, byteOrder: signal.byteOrder,
        isSigned: signal.format == .signed)
    else { throw .outside }
    self.name = signal.name
    self.unit = signal.unit
    self.field = field
    self.format = try signal.formatByWidth()
    self.conditions = conditions
    self.labels = signal.labels
    let decimals = max(signal.factor.decimals, signal.offset.decimals)
    self.decimals = decimals
    if format == .unsigned || format == .signed,
      let multiplier = signal.factor.scaledExactly(by: decimals),
      let offset = signal.offset.scaledExactly(by: decimals)
    {
      self.scale = (multiplier, offset)
      self.multiplier = Double(multiplier)
      self.offset = Double(offset)
      self.divisor = ExactDecimal.powerOfTen(decimals)
    } else {
      self.scale = nil
      self.multiplier = signal.factor.doubleValue
      self.offset = signal.offset.doubleValue
      self.divisor = 1
    }
  }

  /// Whether the signal's bytes are all there and its multiplexor selects it.
  public func isPresent(in payload: UInt64, length: UInt8) -> Bool {
    guard field.byteCount <= length else { return false }
    for condition in conditions {
      guard condition.field.byteCount <= length else { return false }
      let bits = condition.field.bits(in: payload)
      guard condition.values.contains(where: { $0.contains(bits) }) else { return false }
    }
    return true
  }

  /// The physical value, in ``unit``.
  public func value(in payload: UInt64) -> Double {
    let raw =
      switch format {
      case .unsigned, .signed: field.value(in: payload)
      case .float: Double(Float(bitPattern: UInt32(truncatingIfNeeded: field.bits(in: payload))))
      case .double: Double(bitPattern: field.bits(in: payload))
      }
    return (raw * multiplier + offset) / divisor
  }

  /// The physical value with the decimals that the file gives it, or `nil` if it is no such number:
  /// IEEE 754, or too large.
  public func fixedValue(in payload: UInt64) -> FixedDecimal? {
    fixedValue(ofRaw: field.integer(in: payload))
  }

  /// The physical value of a raw one, as ``fixedValue(in:)`` gives it.
  public func fixedValue(ofRaw raw: Int64) -> FixedDecimal? {
    guard let scale else { return nil }
    if format == .unsigned, raw < 0 { return nil }
    let (product, overflows) = raw.multipliedReportingOverflow(by: scale.multiplier)
    let (scaled, overflowsToo) = product.addingReportingOverflow(scale.offset)
    return overflows || overflowsToo ? nil : FixedDecimal(scaled: scaled, decimals: decimals)
  }

  /// The bits that stand for a physical value, rounded to the nearest step, or `nil` if it does not
  /// fit into the field or is not finite.
  public func bits(for value: Double) -> UInt64? {
    let raw = (value * divisor - offset) / multiplier
    guard raw.isFinite else { return nil }
    switch format {
    case .float:
      let float = Float(raw)
      return float.isFinite ? UInt64(float.bitPattern) : nil
    case .double: return raw.bitPattern
    case .signed, .unsigned: return field.bits(rounding: raw)
    }
  }
}

extension DBCSignal {
  /// The number format, with the width of an IEEE 754 number decided by the signal's length.
  fileprivate func formatByWidth() throws(SignalOmission) -> NumberFormat {
    switch (format, length) {
    case (.unsigned, _), (.signed, _): return format
    case (_, 32): return .float
    case (_, 64): return .double
    default: throw .width(bits: length)
    }
  }
}

extension ExactDecimal {
  /// The number times `10^decimals` as a whole number; `nil` if it is beyond 2^53, where a binary
  /// number stops being exact.
  fileprivate func scaledExactly(by decimals: Int) -> Int64? {
    guard decimals <= 18, let result = scaled(by: decimals), result.magnitude <= 1 << 53 else {
      return nil
    }
    return result
  }
}
