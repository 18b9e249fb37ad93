/// Eight characters of text as one word, and what can be told of all of them at once.
///
/// The first character is the lowest byte. The arithmetic is the usual one for bytes within a word:
/// adding a constant to each byte carries into its top bit exactly if the byte is large enough.
struct TextWord {
  static let count = 8
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  let bits: UInt64

  /// Loads the eight characters from `position` on.
  ///
  /// Unsafe because nothing is checked: the caller has made sure, once for a whole line, that they
  /// lie within `text`.
  @unsafe @inline(__always)
  init(_ text: Span<UInt8>, uncheckedAt position: Int) {
    assert(position >= 0 && position <= text.count - Self.count)
    bits = unsafe UInt64(
      littleEndian: text.bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: position, as: UInt64.self))
  }

  /// How many characters from the first on are hex digits.
  @inline(__always) var leadingHexDigits: Int {
    let lower = bits | 0x20 * Self.ones
    let isDigit = (bits &+ 0x50 * Self.ones) & ~(bits &+ 0x46 * Self.ones)
    let isLetter = (lower &+ 0x1F * Self.ones) & ~(lower &+ 0x19 * Self.ones)
    let isHex = (isDigit | isLetter) & ~bits & Self.tops
    return (isHex ^ Self.tops).trailingZeroBitCount / 8
  }

  /// The four bytes that eight hex digits stand for, the first the lowest.
  @inline(__always) var hexBytes: UInt64 {
    let digits = (bits & (0x0F * Self.ones)) &+ 9 * (bits >> 6 & Self.ones)
    var pairs = (digits << 4 | digits >> 8) & 0x00FF_00FF_00FF_00FF
    pairs = (pairs | pairs >> 8) & 0x0000_FFFF_0000_FFFF
    return (pairs | pairs >> 16) & 0xFFFF_FFFF
  }

  /// The number that the first three characters stand for, if they are hex digits.
  @inline(__always) var threeHexDigits: UInt32 {
    let digits = (bits & (0x0F * Self.ones)) &+ 9 * (bits >> 6 & Self.ones)
    return UInt32(
      truncatingIfNeeded: (digits & 0xF) << 8 | (digits >> 4 & 0xF0) | (digits >> 16 & 0xF))
  }

  /// Whether the first `count` characters are decimal digits.
  ///
  /// A digit's upper half is 3, and still is after 6 is added to it. What is added carries only
  /// from a character that is no digit, and into those after it.
  @inline(__always) func areDigits(_ count: Int) -> Bool {
    let other = (bits ^ 0x30 * Self.ones) | ((bits &+ 0x06 * Self.ones) ^ 0x30 * Self.ones)
    return ((other & (0xF0 * Self.ones)) << UInt64(64 - 8 * count)) == 0
  }

  /// The number that eight decimal digits stand for.
  @inline(__always) var decimal: Int64 {
    var value = ((bits & (0x0F * Self.ones)) &* 2561) >> 8
    value = ((value & 0x00FF_00FF_00FF_00FF) &* 6_553_601) >> 16
    value = ((value & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) >> 32
    return Int64(value)
  }

  /// The character at `index`.
  @inline(__always) func character(_ index: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: bits >> (8 * UInt64(index)))
  }
}
