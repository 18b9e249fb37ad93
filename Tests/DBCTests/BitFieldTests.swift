import DBC
import Testing

/// A field as the DBC format describes it, read bit by bit: slow, and obviously right.
struct SlowField {
  /// The field's bits from the least significant one up, as `8 * byte + bit`.
  private var positions: [Int] = []
  private let isSigned: Bool

  init(startBit: Int, length: Int, byteOrder: BitField.ByteOrder, isSigned: Bool) {
    self.isSigned = isSigned
    var bit = startBit
    for _ in 0..<length {
      switch byteOrder {
      case .littleEndian:
        positions.append(bit)
        bit += 1
      case .bigEndian:
        positions.insert(bit, at: 0)
        bit = bit % 8 == 0 ? bit + 15 : bit - 1
      }
    }
  }

  var isWithinEightBytes: Bool { positions.allSatisfy { $0 < 64 } }

  /// How many bytes a frame must have to contain it.
  var byteCount: Int { (positions.max() ?? 0) / 8 + 1 }

  func bits(in payload: UInt64) -> UInt64 {
    var bits: UInt64 = 0
    for (index, position) in positions.enumerated() where payload >> UInt64(position) & 1 == 1 {
      bits |= 1 << UInt64(index)
    }
    return bits
  }

  func integer(in payload: UInt64) -> Int64 {
    var bits = bits(in: payload)
    if isSigned, bits >> UInt64(positions.count - 1) == 1 {
      for index in positions.count..<64 { bits |= 1 << UInt64(index) }
    }
    return Int64(bitPattern: bits)
  }

  /// Whether `changed` differs from `payload` in the field's bits alone.
  func leavesTheRest(of payload: UInt64, in changed: UInt64) -> Bool {
    positions.reduce(payload ^ changed) { $0 & ~(1 << UInt64($1)) } == 0
  }
}

@Suite("Fields of a payload")
struct BitFieldTests {
  private static let payloads: [UInt64] = [
    0, .max, 0x0102_0304_0506_0708, 0xFEDC_BA98_7654_3210, 0x8000_0000_0000_0001,
    0xAAAA_AAAA_AAAA_AAAA,
  ]

  @Test(
    "are read and written as bit by bit, at every start bit and length",
    arguments: [BitField.ByteOrder.littleEndian, .bigEndian], [false, true])
  func everyField(byteOrder: BitField.ByteOrder, isSigned: Bool) {
    for startBit in 0..<64 {
      for length in 1...64 {
        let slow = SlowField(
          startBit: startBit, length: length, byteOrder: byteOrder, isSigned: isSigned)
        let field = BitField(
          startBit: startBit, length: length, byteOrder: byteOrder, isSigned: isSigned)
        let agree = field.map { Self.agrees($0, slow, length) } ?? !slow.isWithinEightBytes
        #expect(agree, "start bit \(startBit), length \(length)")
      }
    }
  }

  /// Whether a field does with every payload what the slow one does.
  private static func agrees(_ field: BitField, _ slow: SlowField, _ length: Int) -> Bool {
    guard slow.isWithinEightBytes, field.width == length, Int(field.byteCount) == slow.byteCount
    else { return false }
    return payloads.allSatisfy { payload in
      let bits = slow.bits(in: payload)
      let integer = slow.integer(in: payload)
      let value = field.isSigned ? Double(integer) : Double(bits)
      let inserted = field.inserting(~bits, into: payload)
      return field.bits(in: payload) == bits && field.integer(in: payload) == integer
        && field.value(in: payload) == value
        && slow.bits(in: inserted) == slow.bits(in: ~payload)
        && slow.leavesTheRest(of: payload, in: inserted)
        && field.inserting(bits, into: inserted) == payload
    }
  }

  @Test(
    "do not exist outside eight bytes",
    arguments: [
      (-1, 1), (64, 1), (0, 0), (0, 65), (0, -1), (63, 2), (.max, 1), (.min, 1), (0, .max),
      (.max, .max), (.min, .min), (1, 64),
    ])
  func outside(startBit: Int, length: Int) {
    for byteOrder in [BitField.ByteOrder.littleEndian, .bigEndian] where startBit != 63 {
      #expect(
        BitField(startBit: startBit, length: length, byteOrder: byteOrder, isSigned: true) == nil)
    }
    #expect(
      BitField(startBit: startBit, length: length, byteOrder: .littleEndian, isSigned: false) == nil
    )
  }
}
