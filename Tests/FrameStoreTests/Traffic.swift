import CANFrames

/// Frames that tests record: the same for the same seed.
struct Traffic {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ limit: UInt64) -> Int64 { Int64(next() % limit) }

  /// The time 2023-11-14T22:13:20Z.
  static let start: Int64 = 1_700_000_000_000_000_000

  /// What a BMS sends: 15 identifiers in turn, 100 ms apart, jittered, with values that wander.
  static func battery(_ count: Int, seed: UInt64 = 1, from start: Int64 = start) -> [CANFrame] {
    var random = Traffic(seed: seed)
    var voltage: Int64 = 2610
    return (0..<count).map { number in
      voltage += random.below(5) - 2
      let isVoltage = number % 15 == 2
      return CANFrame(
        timestamp: start + Int64(number) * 100_000_000 + random.below(800) * 1000,
        identifier: .standard(UInt16(0x350 + number % 15)),
        payload: isVoltage ? UInt64(voltage) : 0x0102_0304_0506, length: 8, bus: 0)
    }
  }

  /// Anything at all: kinds, formats, lengths, buses and times without any order.
  static func chaos(_ count: Int, identifiers: UInt64, seed: UInt64) -> [CANFrame] {
    var random = Traffic(seed: seed)
    return (0..<count).map { _ in
      let kind = CANFrame.Kind(rawValue: UInt8(random.below(3))) ?? .data
      let isExtended = random.below(2) == 0 || kind == .error
      let number = UInt32(random.below(identifiers)) & (isExtended ? 0x1FFF_FFFF : 0x7FF)
      return CANFrame(
        timestamp: start + random.below(5_000_000_000_000),
        identifier: CANIdentifier(exactly: number, format: isExtended ? .extended : .standard)
          ?? .standard(0), kind: kind, payload: random.next(), length: UInt8(random.below(9)),
        bus: UInt8(random.below(3)))
    }
  }

  static let buses = BusNames(["can0", "can1", nil])
}
