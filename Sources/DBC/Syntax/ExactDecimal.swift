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

  /// Beyond this exponent, or below its negative, a text is no number that a file can mean.
  private static let largestExponent = 300

  public init(significand: Int64, exponent: Int) {
    var (significand, exponent) = (significand, significand == 0 ? 0 : exponent)
    while significand != 0, significand.isMultiple(of: 10) {
      significand /= 10
      exponent += 1
    }
    self.significand = significand
    self.exponent = exponent
  }

  /// Reads `-40`, `0.1`, `1E-05`; digits after the eighteenth count as zeros.
  ///
  /// Returns `nil` for anything that is not a number, and for exponents beyond 300.
  public init?(_ text: some StringProtocol) {
    var bytes = Substring(text).utf8[...]
    let sign = bytes.first
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { bytes.removeFirst() }
    let mantissa = bytes.prefix { $0 | 0x20 != UInt8(ascii: "e") }
    guard let (magnitude, scale) = Self.digits(mantissa) else { return nil }
    var exponent = scale
    if mantissa.count < bytes.count {
      guard let power = Int(Substring(bytes.dropFirst(mantissa.count + 1))) else { return nil }
      let (sum, overflows) = scale.addingReportingOverflow(power)
      guard !overflows else { return nil }
      exponent = sum
    }
    // Without this, taking zeros off the significand could overflow the exponent.
    guard magnitude == 0 || exponent.magnitude <= 2 * Self.largestExponent else { return nil }
    let isNegative = sign == UInt8(ascii: "-")
    self.init(significand: isNegative ? -magnitude : magnitude, exponent: exponent)
    guard self.exponent.magnitude <= Self.largestExponent else { return nil }
  }

  /// Reads `12.50` as 1250 and -2; `nil` unless it is digits with at most one point.
  private static func digits(_ text: Substring.UTF8View) -> (magnitude: Int64, exponent: Int)? {
    var (magnitude, exponent, count): (Int64, Int, Int) = (0, 0, 0)
    var hasPoint = false
    for byte in text {
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
        continue
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      count += 1
      if magnitude < 100_000_000_000_000_000 {
        magnitude = magnitude * 10 + Int64(byte - UInt8(ascii: "0"))
        exponent -= hasPoint ? 1 : 0
      } else {
        exponent += hasPoint ? 0 : 1
      }
    }
    return count > 0 ? (magnitude, exponent) : nil
  }
}

extension ExactDecimal {
  /// The nearest binary number.
  public var doubleValue: Double {
    if significand.magnitude <= 1 << 53, exponent.magnitude <= 22 {
      return exponent < 0
        ? Double(significand) / Self.powerOfTen(-exponent)
        : Double(significand) * Self.powerOfTen(exponent)
    }
    return Double("\(significand)e\(exponent)") ?? .nan
  }

  /// How many digits stand after the decimal point.
  public var decimals: Int { max(0, -exponent) }

  /// The number as a whole number, or `nil` if it is none or beyond 64 bits.
  public var integer: Int64? { scaled(by: 0) }

  /// The number with the opposite sign.
  var negated: Self { Self(significand: -significand, exponent: exponent) }

  /// The number times `10^decimals` as a whole number, or `nil` if it is none or beyond 64 bits.
  func scaled(by decimals: Int) -> Int64? {
    guard (-exponent...18 - exponent).contains(decimals) else { return nil }
    var result = significand
    for _ in 0..<(exponent + decimals) {
      let (next, overflows) = result.multipliedReportingOverflow(by: 10)
      if overflows { return nil }
      result = next
    }
    return result
  }

  /// The power of ten as a binary number, exact up to `10^22`.
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
