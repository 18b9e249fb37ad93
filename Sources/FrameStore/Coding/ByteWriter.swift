/// Numbers as the recording's directory and columns hold them, appended to bytes.
///
/// A varint has seven bits in a byte, the lowest first, and the top bit set in every byte but the
/// last. A signed number is first folded: 0, -1, 1, -2 become 0, 1, 2, 3.
package struct ByteWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ text: String) {
    append(varint: UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  package mutating func append(varint number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func append(signed number: Int64) { append(varint: Self.folded(number)) }

  /// Appends as many bytes as `body` writes, at most `limit`.
  mutating func append(atMost limit: Int, _ body: (inout OutputSpan<UInt8>) -> Void) {
    bytes.append(addingCapacity: limit, initializingWith: body)
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  @inline(__always) package static func folded(_ number: Int64) -> UInt64 {
    UInt64(bitPattern: (number << 1) ^ (number >> 63))
  }
}
