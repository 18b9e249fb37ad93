import CANInterfaces
import Foundation
import Testing

@Suite("What the kernel tells beside a message")
struct ControlMessagesTests {
  /// `SOL_SOCKET`, and the numbers of its two messages that matter.
  static let level: Int32 = 1
  static let time: Int32 = 35
  static let losses: Int32 = 40

  /// One message as the kernel writes it, padded to a word.
  static func message(_ level: Int32, _ kind: Int32, _ data: [UInt8], length: Int? = nil) -> [UInt8]
  {
    let bytes = bytes(length ?? 16 + data.count) + bytes(level) + bytes(kind) + data
    return bytes + [UInt8](repeating: 0, count: (8 - data.count % 8) % 8)
  }

  static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    unsafe withUnsafeBytes(of: number) { unsafe Array($0) }
  }

  static let stamp = bytes(1_735_270_496) + bytes(916_858_123)

  static func read(_ bytes: [UInt8]) -> ControlMessages {
    ControlMessages(unsafe bytes.span.bytes)
  }

  @Test("is the time in nanoseconds and the losses so far")
  func readsBoth() {
    let both = Self.read(
      Self.message(Self.level, Self.losses, Self.bytes(UInt32(7)))
        + Self.message(Self.level, Self.time, Self.stamp))
    #expect(both.timestamp == 1_735_270_496_916_858_123)
    #expect(both.lossCount == 7)
  }

  @Test("may be nothing")
  func readsNothing() {
    #expect(Self.read([]).timestamp == nil)
    #expect(Self.read([]).lossCount == nil)
  }

  @Test("holds messages of other kinds, which are stepped over")
  func stepsOver() {
    let found = Self.read(
      Self.message(101, Self.time, Self.stamp) + Self.message(Self.level, 29, [1, 2, 3])
        + Self.message(Self.level, Self.losses, Self.bytes(UInt32.max)))
    #expect(found.timestamp == nil)
    #expect(found.lossCount == .max)
  }

  @Test("is not trusted about lengths", arguments: [-1, 0, 15, 17, 19, 33, Int.max, Int.min])
  func distrusts(length: Int) {
    let found = Self.read(Self.message(Self.level, Self.losses, Self.stamp, length: length))
    #expect(found.timestamp == nil)
    #expect(found.lossCount == (length == 17 || length == 19 ? nil : found.lossCount))
  }

  @Test("may be cut anywhere")
  func survivesCuts() {
    let whole = Self.message(Self.level, Self.time, Self.stamp)
    for end in 0..<whole.count {
      #expect(Self.read(Array(whole[..<end])).timestamp == nil, "cut at \(end)")
    }
  }

  @Test("may be noise")
  func survivesNoise() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<10_000 {
      let count = Int.random(in: 0...64, using: &generator)
      var noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      // Mostly plausible lengths, so that more than the first check is reached.
      if count >= 8 { noise.replaceSubrange(0..<8, with: Self.bytes(Int.random(in: 0...64))) }
      _ = Self.read(noise)
    }
  }
}
