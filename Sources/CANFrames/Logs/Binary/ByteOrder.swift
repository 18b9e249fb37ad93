/// In which order the bytes of a number stand in a file.
enum ByteOrder: Hashable, Sendable {
  case littleEndian
  case bigEndian

  /// The 16 bits at `position`.
  func word16(_ bytes: Span<UInt8>, at position: Int) -> UInt16 {
    let (first, second) = (UInt16(bytes[position]), UInt16(bytes[position + 1]))
    return self == .littleEndian ? second << 8 | first : first << 8 | second
  }

  /// The 32 bits at `position`.
  func word32(_ bytes: Span<UInt8>, at position: Int) -> UInt32 {
    let first = UInt32(word16(bytes, at: position))
    let second = UInt32(word16(bytes, at: position + 2))
    return self == .littleEndian ? second << 16 | first : first << 16 | second
  }

  /// The 64 bits at `position`.
  func word64(_ bytes: Span<UInt8>, at position: Int) -> UInt64 {
    let first = UInt64(word32(bytes, at: position))
    let second = UInt64(word32(bytes, at: position + 4))
    return self == .littleEndian ? second << 32 | first : first << 32 | second
  }
}

extension [UInt8] {
  /// Appends a number in the order of the machines that write logs: the lowest byte first.
  mutating func append(littleEndian number: some FixedWidthInteger) {
    var rest = number
    for _ in 0..<(number.bitWidth / 8) {
      append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  /// Appends a number with its highest byte first.
  mutating func append(bigEndian number: some FixedWidthInteger) {
    append(littleEndian: number.byteSwapped)
  }

  /// Appends zeros up to a multiple of `alignment`, counted from `start`.
  mutating func pad(to alignment: Int, from start: Int) {
    while !(count - start).isMultiple(of: alignment) { append(0) }
  }
}
