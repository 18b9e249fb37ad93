/// Numbers as text, eight digits at a time; the arithmetic is the reverse of ``TextWord``'s.
extension TextCursor {
  /// The eight digits of a number below 100,000,000, the first the lowest byte.
  @inline(__always)
  static func decimalDigits(_ number: UInt64) -> UInt64 {
    // Two halves of four digits, then four pairs, then eight digits; the factors are divisions.
    let halves = number / 10_000 | (number % 10_000) << 32
    let hundreds = ((halves &* 10_486) >> 20) & 0x0000_007F_0000_007F
    let pairs = hundreds | (halves &- 100 &* hundreds) << 16
    let tens = ((pairs &* 103) >> 10) & 0x000F_000F_000F_000F
    return (tens | (pairs &- 10 &* tens) << 8) | 0x3030_3030_3030_3030
  }

  /// The eight hex digits of the bytes of `bytes`, the lowest byte first.
  @inline(__always)
  static func hexDigits(_ bytes: UInt32) -> UInt64 {
    var spread = UInt64(bytes)
    spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFF
    spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FF
    let nibbles = (spread >> 4 | spread << 8) & 0x0F0F_0F0F_0F0F_0F0F
    // 6 carries a nibble of ten and more into the upper half of its byte.
    let letters = (nibbles &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return nibbles &+ 0x3030_3030_3030_3030 &+ letters &* 7
  }

  /// Appends `number` in decimal, with at least `width` digits.
  mutating func putDecimal(_ number: UInt64, width: Int = 1) {
    let (upper, lower) = number.quotientAndRemainder(dividingBy: 100_000_000)
    if upper > 0 || width > 8 {
      putDecimal(upper, width: max(1, width - 8))
      put(Self.decimalDigits(lower), count: 8)
    } else {
      let digits = Self.decimalDigits(lower)
      let leading = (digits & 0x0F0F_0F0F_0F0F_0F0F).trailingZeroBitCount / 8
      let skipped = min(leading, 8 - max(1, width))
      put(digits >> (8 * UInt64(skipped)), count: 8 - skipped)
    }
  }

  /// Appends six decimals; `number` is below 1,000,000.
  @inline(__always)
  mutating func putSixDigits(_ number: UInt64) {
    put(Self.decimalDigits(number) >> 16, count: 6)
  }

  /// Appends `number` in upper-case hex, with at least `width` digits.
  @inline(__always)
  mutating func putHex(_ number: UInt32, width: Int) {
    let digits = max(width, 8 - number.leadingZeroBitCount / 4)
    put(Self.hexDigits(number.byteSwapped) >> (8 * UInt64(8 - digits)), count: digits)
  }

  /// Appends the bytes of a payload in hex, without anything between them.
  @inline(__always)
  mutating func putHexBytes(_ payload: UInt64, count: Int) {
    put(Self.hexDigits(UInt32(truncatingIfNeeded: payload)), count: min(8, 2 * count))
    if count > 4 {
      put(Self.hexDigits(UInt32(truncatingIfNeeded: payload >> 32)), count: 2 * count - 8)
    }
  }

  /// Appends the bytes of a payload in hex, each behind `separator`.
  @inline(__always)
  mutating func putHexBytes(_ payload: UInt64, count: Int, separator: UInt8) {
    var digits = Self.hexDigits(UInt32(truncatingIfNeeded: payload))
    for index in 0..<count {
      if index == 4 { digits = Self.hexDigits(UInt32(truncatingIfNeeded: payload >> 32)) }
      put(digits << 8 | UInt64(separator), count: 3)
      digits >>= 16
    }
  }
}
