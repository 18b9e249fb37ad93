import BatteryModel

/// Quantities that follow from two others: the power, and the spread of the cells.
struct DerivedSeries: Sendable {
  private struct Heard {
    var value: Double
    var time: Int64
  }

  /// Two values belong together if they are at most this far apart.
  private static let together: UInt64 = 5_000_000_000
  /// A tenth of a watt is less than what the least step of a current makes.
  private static let powerParts = 10.0
  private static let spreadParts = 1e6

  private var voltage: Heard?
  private var lowestCell: Heard?
  /// What the battery tells by itself is not derived.
  private var isPowerTold = false
  private var isSpreadTold = false

  /// What a derived quantity follows from; empty for any other.
  static func sources(of quantity: BatteryQuantity) -> Set<BatteryQuantity> {
    switch quantity {
    case .power: [.voltage, .current]
    case .cellVoltageSpread: [.cellVoltageMin, .cellVoltageMax]
    default: []
    }
  }

  /// Takes a value, and appends what follows from it.
  mutating func take(
    _ quantity: BatteryQuantity, _ value: Double, at time: Int64, samples: inout [Sample]
  ) {
    switch quantity {
    case .power: isPowerTold = true
    case .cellVoltageSpread: isSpreadTold = true
    case .voltage: voltage = Heard(value: value, time: time)
    case .cellVoltageMin: lowestCell = Heard(value: value, time: time)
    case .current where !isPowerTold:
      guard let voltage = Self.partner(voltage, time) else { return }
      samples.append(
        Sample(quantity: .power, value: Self.rounded(voltage * value, Self.powerParts), time: time))
    case .cellVoltageMax where !isSpreadTold:
      guard let lowest = Self.partner(lowestCell, time) else { return }
      let spread = Self.rounded(value - lowest, Self.spreadParts)
      samples.append(Sample(quantity: .cellVoltageSpread, value: spread, time: time))
    default: break
    }
  }

  private static func partner(_ heard: Heard?, _ time: Int64) -> Double? {
    guard let heard, (time - heard.time).magnitude <= together else { return nil }
    return heard.value
  }

  /// The number without what calculating in binary has left behind its last decimal.
  private static func rounded(_ value: Double, _ parts: Double) -> Double {
    value.magnitude < 1e9 ? (value * parts).rounded() / parts : value
  }
}
