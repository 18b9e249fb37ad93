/// A decimal number exactly as a DBC file writes it: `significand * 10^exponent`.
///
/// A factor of `0.1` is one tenth here, which no binary number is: values are scaled by integers
/// and divided once, so that they print as `0.3` and not as `0.30000000000000004`.
public struct ExactDecimal: Hashable, Sendable {
  /// Has no trailing decimal zeros, unless the number is zero.
  public let significand: Int64
  public let exponent: Int

  public static let zero = Self(significand: 0, exponent: 0)
  public static let one = Self(significand: 1, exponent: 0)

  public init(significand: Int64, exponent: Int) {
    var (significand, exponent) = (significand, significand == 0 ? 0 : exponent)
    while significand != 0, significand.isMultiple(of: 10) {
      significand /= 10
      exponent += 1
    }
    self.significand = significand
    self.exponent = exponent
  }

  /// Reads `-40`, `0.1`, `1E-05`; digits after the eighteenth are rounded away.
  ///
  /// Returns `nil` for anything that is not a number, and for exponents beyond 300.
  public init?(_ text: some StringProtocol) {
    var significand: Int64 = 0
    var exponent = 0
    var digits = 0
    var isNegative = false
    var hasPoint = false
    var bytes = Substring(text).utf8[...]
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      bytes.removeFirst()
    }
    while let byte = bytes.first, byte | 0x20 != UInt8(ascii: "e") {
      bytes.removeFirst()
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
        continue
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      digits += 1
      if significand < 100_000_000_000_000_000 {
        significand = significand * 10 + Int64(byte - UInt8(ascii: "0"))
        exponent -= hasPoint ? 1 : 0
      } else {
        exponent += hasPoint ? 0 : 1
      }
    }
    guard digits > 0 else { return nil }
    if !bytes.isEmpty {
      guard let power = Int(Substring(bytes.dropFirst())), power.magnitude <= 300 else { return nil }
      exponent += power
    }
    self.init(significand: isNegative ? -significand : significand, exponent: exponent)
  }

  /// The nearest binary number.
  public var doubleValue: Double {
    exponent < 0
      ? Double(significand) / Self.powerOfTen(-exponent)
      : Double(significand) * Self.powerOfTen(exponent)
  }

  /// How many digits stand after the decimal point.
  public var decimals: Int { max(0, -exponent) }

  /// `10^power`, exact up to 22.
  static func powerOfTen(_ power: Int) -> Double {
    var result = 1.0
    for _ in 0..<power { result *= 10 }
    return result
  }
}

extension ExactDecimal: CustomStringConvertible {
  /// Plain decimal notation, such as `-0.001` or `1200`.
  public var description: String {
    let digits = String(significand.magnitude)
    let sign = significand < 0 ? "-" : ""
    if exponent >= 0 { return sign + digits + String(repeating: "0", count: exponent) }
    let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + digits
    return sign + padded.dropLast(-exponent) + "." + padded.suffix(-exponent)
  }
}
