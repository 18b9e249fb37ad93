/// Takes apart what ``ByteWriter`` wrote; nothing it is given can make it read out of bounds.
package struct ByteReader {
  private(set) var position = 0
  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }
  var remaining: Int { bytes.count - position }

  mutating func byte() throws(BlockError) -> UInt8 {
    guard position < bytes.count else { throw .truncated }
    position += 1
    return bytes[position - 1]
  }

  mutating func varint() throws(BlockError) -> UInt64 {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let byte = try byte()
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
    }
    throw .malformed("a number is longer than 64 bits")
  }

  /// A varint that counts or measures something of which there is at most `limit`.
  package mutating func count(atMost limit: Int, _ what: StaticString) throws(BlockError) -> Int {
    let number = try varint()
    guard number <= UInt64(limit) else { throw .malformed("too many \(what): \(number)") }
    return Int(number)
  }

  mutating func signed() throws(BlockError) -> Int64 { Self.unfolded(try varint()) }

  mutating func text(atMost limit: Int) throws(BlockError) -> String {
    let length = try count(atMost: limit, "characters")
    return String(decoding: bytes[try skip(length)], as: UTF8.self)
  }

  /// Steps over `count` bytes, and says where they are.
  package mutating func skip(_ count: Int) throws(BlockError) -> Range<Int> {
    guard count <= remaining else { throw .truncated }
    position += count
    return position - count..<position
  }

  @inline(__always) package static func unfolded(_ number: UInt64) -> Int64 {
    Int64(bitPattern: (number >> 1) ^ (0 &- (number & 1)))
  }
}
