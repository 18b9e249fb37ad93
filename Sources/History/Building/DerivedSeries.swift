import BatteryModel

/// Quantities that follow from two others: the power, and the spread of the cells.
struct DerivedSeries: Sendable {
  /// Two values belong together if they are at most this far apart.
  private static let together: Int64 = 5_000_000_000

  private var last: [BatteryQuantity: (value: Double, time: Int64)] = [:]
  /// What the battery tells by itself is not derived.
  private var told: Set<BatteryQuantity> = []

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
    case .power, .cellVoltageSpread: told.insert(quantity)
    case .voltage, .cellVoltageMin: last[quantity] = (value, time)
    case .current: append(.power, value, .voltage, at: time, *, &samples)
    case .cellVoltageMax: append(.cellVoltageSpread, value, .cellVoltageMin, at: time, -, &samples)
    default: break
    }
  }

  private func append(
    _ quantity: BatteryQuantity, _ value: Double, _ other: BatteryQuantity, at time: Int64,
    _ operation: (Double, Double) -> Double, _ samples: inout [Sample]
  ) {
    guard !told.contains(quantity), let partner = last[other],
      (time - partner.time).magnitude <= UInt64(Self.together)
    else { return }
    let result = operation(value, partner.value)
    samples.append(Sample(quantity: quantity, value: result, time: time))
  }
}
