import BusbarTestSupport
import CANFrames
import Testing

@testable import BusbarApp

/// How long a frame is on the wire, against a slow count of characters.
@Suite("Frame bits")
struct FrameBitsTests {
  @Test("random frames take the bits that a count of each one gives", arguments: 0..<200)
  func agrees(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let isExtended = generator.next() % 2 == 0
    let identifier = try #require(
      CANIdentifier(
        exactly: UInt32(generator.next() % (isExtended ? 0x2000_0000 : 0x800)),
        format: isExtended ? .extended : .standard))
    let length = UInt8(generator.next() % 9)
    let kind: CANFrame.Kind = generator.next() % 5 == 0 ? .remote : .data
    // Long runs of equal bits are where stuffing happens.
    let payload = generator.next() & generator.next() & generator.next()
    let frame = CANFrame(
      timestamp: 0, identifier: identifier, kind: kind, payload: payload, length: length)
    #expect(FrameBits.count(frame) == Self.slowCount(frame))
  }

  @Test("a frame of eight bytes takes 111 to 135 bits, as the standard says")
  func bounds() {
    for byte: UInt64 in 0...255 {
      let frame = CANFrame(
        timestamp: 0, identifier: .standard(0x351), payload: byte &* 0x0101_0101_0101_0101,
        length: 8)
      #expect((111...135).contains(FrameBits.count(frame)))
    }
  }

  @Test("an error report takes none")
  func errorReport() {
    let frame = CANFrame(
      timestamp: 0, identifier: .standard(4), kind: .error, payload: 0, length: 8)
    #expect(FrameBits.count(frame) == 0)
  }

  private static func slowCount(_ frame: CANFrame) -> Int {
    func binary(_ number: some BinaryInteger, _ width: Int) -> String {
      let digits = String(UInt64(number), radix: 2)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    let request = frame.kind == .remote ? "1" : "0"
    let number = frame.identifier.number
    var bits = "0"
    if frame.identifier.format == .standard {
      bits += binary(number, 11) + request + "00"
    } else {
      bits += binary(number >> 18, 11) + "11" + binary(number & 0x3FFFF, 18) + request + "00"
    }
    bits += binary(frame.length, 4)
    if frame.kind == .data {
      for index in 0..<Int(frame.length) { bits += binary(frame.byte(at: index), 8) }
    }
    // Long division by x^15 + x^14 + x^10 + x^8 + x^7 + x^4 + x^3 + 1.
    var rest = Array(bits + String(repeating: "0", count: 15)).map { $0 == "1" }
    let divisor = Array("1100010110011001").map { $0 == "1" }
    for index in 0..<bits.count where rest[index] {
      for place in divisor.indices { rest[index + place] = rest[index + place] != divisor[place] }
    }
    bits += rest.suffix(15).map { $0 ? "1" : "0" }.joined()
    var stuffed = ""
    for bit in bits {
      stuffed.append(bit)
      if stuffed.hasSuffix("00000") { stuffed.append("1") }
      if stuffed.hasSuffix("11111") { stuffed.append("0") }
    }
    return stuffed.count + 13
  }
}
