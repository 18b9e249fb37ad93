/// Bytes in base64 (RFC 4648), at most eight.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  /// Appends the bytes that stand in `range`; false if that is no base64, or more than eight bytes.
  static func read(
    _ line: Span<UInt8>, _ range: Range<Int>, into payload: inout PayloadText
  ) -> Bool {
    var bits: UInt32 = 0
    var bitCount = 0
    var end = range.upperBound
    while end > range.lowerBound, line[end - 1] == padding, range.upperBound - end < 2 { end -= 1 }
    for index in range.lowerBound..<end {
      guard let value = value(of: line[index]) else { return false }
      bits = bits << 6 | value
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        guard payload.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount))) else {
          return false
        }
        bits &= (1 << UInt32(bitCount)) - 1
      }
    }
    // What is left over is zero bits of the last byte's group; six of them are a lost character.
    return bitCount < 6 && bits == 0
  }

  /// Appends the first `count` bytes of a payload word, padded to groups of four characters.
  static func append(_ payload: UInt64, count: Int, to text: inout TextCursor) {
    for start in stride(from: 0, to: count, by: 3) {
      let length = min(3, count - start)
      var group: UInt32 = 0
      for index in 0..<length {
        let byte = UInt32(truncatingIfNeeded: payload >> UInt64(8 * (start + index)) & 0xFF)
        group |= byte << UInt32(16 - 8 * index)
      }
      for index in 0..<4 {
        let place = Int(group >> UInt32(18 - 6 * index) & 63)
        text.put(index <= length ? alphabet[place] : padding)
      }
    }
  }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a") + 26)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0") + 52)
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
