/// A number with a fixed count of decimals: `scaled / 10^decimals`, exact.
public struct FixedDecimal: Hashable, Sendable {
  public var scaled: Int64
  /// How many digits stand after the point, `0...18`.
  public var decimals: Int

  public init(scaled: Int64, decimals: Int) {
    self.scaled = scaled
    self.decimals = decimals
  }

  /// The nearest binary number.
  public var doubleValue: Double { Double(scaled) / ExactDecimal.powerOfTen(decimals) }

  /// The same number without its sign.
  public var magnitude: Self {
    Self(scaled: scaled == .min ? .max : abs(scaled), decimals: decimals)
  }

  /// Appends the number as JSON and people write it, such as `-0.70` or `28`.
  public func append(to text: inout [UInt8]) {
    if scaled < 0 { text.append(UInt8(ascii: "-")) }
    var digits: [20 of UInt8] = .init(repeating: 0)
    var count = 0
    var rest = scaled.magnitude
    repeat {
      digits[count] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
      count += 1
    } while rest > 0 || count <= decimals
    while count > 0 {
      if count == decimals { text.append(UInt8(ascii: ".")) }
      count -= 1
      text.append(digits[count])
    }
  }
}

extension FixedDecimal: CustomStringConvertible {
  public var description: String {
    var text: [UInt8] = []
    append(to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}
