import BusbarTestSupport
import CANFrames
import Testing

@testable import FrameStore

@Suite("Checksums in payloads")
struct ChecksumMapTests {
  /// A CRC-8 over the other bytes, bit by bit.
  static func crc(_ bytes: [UInt8], polynomial: UInt8, start: UInt8) -> UInt8 {
    bytes.reduce(start) { sum, byte in
      (0..<8).reduce(sum ^ byte) { sum, _ in
        sum & 0x80 == 0 ? sum << 1 : sum << 1 ^ polynomial
      }
    }
  }

  /// Payloads of eight random bytes, the one at `place` computed from the others.
  static func payloads(_ count: Int, place: Int, _ sum: ([UInt8]) -> UInt8) -> [UInt64] {
    var random = SplitMix64(seed: 9)
    return (0..<count).map { _ in
      var bytes = (0..<8).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      bytes[place] = sum(bytes.indices.filter { $0 != place }.map { bytes[$0] })
      return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  @Test(
    "a CRC is found whatever its polynomial, start and place",
    arguments: [(0x1D, 0xFF, 7), (0x07, 0x00, 0), (0x2F, 0x55, 3)] as [(UInt8, UInt8, Int)])
  func findsCRC(_ polynomial: UInt8, _ start: UInt8, _ place: Int) throws {
    let payloads = Self.payloads(500, place: place) {
      Self.crc($0, polynomial: polynomial, start: start)
    }
    let map = ChecksumMap(of: payloads.span, UInt64(8 * place))
    let found = try #require(map)
    #expect(
      payloads.allSatisfy { payload in
        found.checksum(payload, UInt64(8 * place))
          == UInt8(truncatingIfNeeded: payload >> UInt64(8 * place))
      })
  }

  @Test("an exclusive-or of the bytes is found")
  func findsExclusiveOr() {
    let payloads = Self.payloads(300, place: 7) { $0.reduce(0x5A, ^) }
    let map = ChecksumMap(of: payloads.span, 56)
    #expect(map != nil)
  }

  @Test("a byte that is random, or wrong only once, is no checksum")
  func refusesOthers() {
    let random = Self.payloads(300, place: 7) { $0[0] &+ $0[1] &* 7 }
    let none = ChecksumMap(of: random.span, 56)
    #expect(none == nil)
    var spoilt = Self.payloads(300, place: 7) { $0.reduce(0, ^) }
    spoilt[299] ^= 1 << 60
    let once = ChecksumMap(of: spoilt.span, 56)
    #expect(once == nil)
  }

  @Test("a stream with a CRC takes a byte less for each frame")
  func savesRoom() throws {
    let payloads = Self.payloads(4000, place: 7) { Self.crc($0, polynomial: 0x1D, start: 0xFF) }
    let frames = payloads.enumerated().map { number, payload in
      CANFrame(
        timestamp: Traffic.start + Int64(number) * 10_000_000, identifier: .standard(0x100),
        payload: payload, length: 8)
    }
    var encoder = BlockEncoder()
    var decoder = BlockDecoder()
    let block = encoder.encode(frames, buses: Traffic.buses, precision: .microseconds)
    #expect(block.data.count < 4000 * 7 + 500)
    var stored: [CANFrame] = []
    try decoder.decode(BlockDirectory(block.directory), block.data, into: &stored)
    #expect(stored == frames)
  }
}
