import BMSDialects
import BatteryModel
import BusbarTestSupport
import CANFrames
import DBC

/// A bus that a battery of a dialect might be on: its messages with their periods, names and values,
/// some missing, some lost, sometimes with other devices.
struct SynthesisedBus {
  private(set) var census = BusCensus()
  private var random: SplitMix64

  /// - Parameters:
  ///   - dialect: What the battery speaks; `nil` for a bus without a battery.
  ///   - seed: Decides everything that is left to chance.
  init(_ dialect: Dialect?, seed: UInt64) {
    random = SplitMix64(seed: seed)
    let seconds = [1.0, 3, 10, 60][random.below(4)]
    var due: [(time: Double, frame: CANFrame)] = []
    if let dialect { due += battery(dialect, seconds) }
    if dialect == nil || random.below(4) == 0 { due += otherDevices(seconds) }
    let loss = random.below(4) == 0 ? 30 : 0
    for (time, frame) in due.sorted(by: { $0.time < $1.time }) where random.below(100) >= loss {
      var frame = frame
      frame.timestamp = 1_700_000_000_000_000_000 + Int64(time * 1e9)
      census.add(frame)
    }
  }

  private mutating func battery(
    _ dialect: Dialect, _ seconds: Double
  ) -> [(time: Double, frame: CANFrame)] {
    let encoder = DialectEncoder(dialect)
    let names = names(dialect)
    var due: [(time: Double, frame: CANFrame)] = []
    for (index, message) in dialect.messages.enumerated() {
      let chance =
        switch message.presence {
        case .required: 100
        case .usual: 75
        case .optional: 15
        }
      guard random.below(100) < chance else { continue }
      let length = message.lengths[random.below(message.lengths.count)]
      let period = Double(message.period == 0 ? 1000 : message.period) / 1000
      var time = period * Double(random.below(100)) / 100
      while time < seconds {
        due.append((time, encoder.frame(of: index, length: length) { names[$0] ?? Self.value($0) }))
        time += period
      }
    }
    return due
  }

  /// Texts that the dialect prescribes, with letters and digits for what it leaves open.
  private mutating func names(_ dialect: Dialect) -> [BatteryQuantity: QuantityValue] {
    var names: [BatteryQuantity: QuantityValue] = [:]
    for pattern in dialect.identity where names[pattern.quantity] == nil || random.below(2) == 0 {
      names[pattern.quantity] = .text(pattern.pattern.replacing("*", with: "\(random.below(9000))"))
    }
    return names
  }

  private static func value(_ quantity: BatteryQuantity) -> QuantityValue? {
    if quantity.isFlag { return .flag(true) }
    switch quantity.details.kind {
    case .alarm: return .alarm(.inactive)
    case .identity, .state:
      switch quantity {
      case .systemStatus: return .text("online")
      case .firmware: return .text("2.6")
      case .cellVoltageMinId, .cellVoltageMaxId: return .text("3")
      default: return nil
      }
    case .limit, .measurement: break
    }
    switch quantity {
    case .voltage: return .number(52.8)
    case .chargeVoltageLimit: return .number(56.8)
    case .dischargeVoltageLimit: return .number(46)
    case .current: return .number(-12.5)
    case .stateOfCharge, .stateOfHealth: return .number(88)
    case .cellVoltageMin, .cellVoltageMax: return .number(3.3)
    case .temperature, .cellTemperatureMin, .cellTemperatureMax: return .number(18)
    default: return .number(100)
    }
  }

  /// NMEA 2000, J1939 or diagnostics, a dozen identifiers of one of them.
  private mutating func otherDevices(_ seconds: Double) -> [(time: Double, frame: CANFrame)] {
    let bases: [[UInt32]] = [
      [0x19F2_1400, 0x19F2_1200, 0x09F8_0100, 0x09F8_0200, 0x0DF1_1900, 0x1DEF_FF00],
      [0x0CF0_0400, 0x0CF0_0300, 0x18FE_F100, 0x18FE_EE00, 0x18FE_F200, 0x18EA_FF00],
    ]
    let base = bases[random.below(2)]
    return base.flatMap { number -> [(time: Double, frame: CANFrame)] in
      guard
        let identifier = CANIdentifier(
          exactly: number + UInt32(random.below(40)), format: .extended)
      else { return [] }
      return stride(from: 0.1, to: seconds, by: 0.5).map { time in
        (time, CANFrame(timestamp: 0, identifier: identifier, payload: random.next(), length: 8))
      }
    }
  }
}
