import BusbarTestSupport
import CANFrames

/// Frames that tests record: the same for the same seed.
enum Traffic {
  /// The time 2023-11-14T22:13:20Z.
  static let start: Int64 = 1_700_000_000_000_000_000

  /// What a BMS sends: 15 identifiers in turn, 100 ms apart, jittered, with values that wander.
  static func battery(_ count: Int, seed: UInt64 = 1, from start: Int64 = start) -> [CANFrame] {
    var random = SplitMix64(seed: seed)
    var voltage: Int64 = 2610
    return (0..<count).map { number in
      voltage += Int64(random.below(5) - 2)
      let isVoltage = number % 15 == 2
      return CANFrame(
        timestamp: start + Int64(number) * 100_000_000 + Int64(random.below(800) * 1000),
        identifier: .standard(UInt16(0x350 + number % 15)),
        payload: isVoltage ? UInt64(voltage) : 0x0102_0304_0506, length: 8, bus: 0)
    }
  }

  /// Anything at all: kinds, formats, lengths, buses, directions and times without any order.
  static func chaos(_ count: Int, identifiers: Int, seed: UInt64) -> [CANFrame] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      let kind = CANFrame.Kind(rawValue: UInt8(random.below(3))) ?? .data
      let isExtended = random.below(2) == 0 || kind == .error
      let number = UInt32(random.below(identifiers)) & (isExtended ? 0x1FFF_FFFF : 0x7FF)
      return CANFrame(
        timestamp: start + Int64(random.below(5_000_000_000_000)),
        identifier: CANIdentifier(exactly: number, format: isExtended ? .extended : .standard)
          ?? .standard(0), kind: kind, payload: random.next(), length: UInt8(random.below(9)),
        bus: UInt8(random.below(3)), isSent: kind != .error && random.below(4) == 0)
    }
  }

  static let buses = BusNames(["can0", "can1", nil])
}
