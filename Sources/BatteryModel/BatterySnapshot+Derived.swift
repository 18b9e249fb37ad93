extension BatterySnapshot {
  /// A reading that no frame carries and that follows from others; `nil` if one of them is absent.
  func derivedReading(of quantity: BatteryQuantity, at now: Int64) -> Reading? {
    switch quantity {
    case .power:
      combine(.voltage, .current, at: now) { $0 * $1 }
    case .cellVoltageSpread:
      combine(.cellVoltageMax, .cellVoltageMin, at: now) { $0 - $1 }
    case .capacityActual:
      combine(.capacityInstalled, .stateOfHealth, at: now) { $0 * $1 / 100 }
    case .chargeUsed:
      combine(.capacityActual, .capacityRemaining, at: now) { max(0, $0 - $1) }
    case .timeRemaining:
      combine(.capacityRemaining, .current, at: now) { remaining, current in
        let seconds = remaining * 3600 / -current
        return current < 0 && seconds <= Self.longestTime ? seconds.rounded() : nil
      }
    default: nil
    }
  }

  /// A battery that would last for longer than 30 days does not discharge: it idles.
  private static var longestTime: Double { 30 * 86_400 }

  private func combine(
    _ first: BatteryQuantity, _ second: BatteryQuantity, at now: Int64,
    by operation: (Double, Double) -> Double?
  ) -> Reading? {
    guard let left = reading(of: first, at: now), let right = reading(of: second, at: now),
      let leftNumber = left.value.number, let rightNumber = right.value.number
    else { return nil }
    var reading = left.heard <= right.heard ? left : right
    // Six decimals are finer than any factor of the family and hide binary noise.
    guard let exact = operation(leftNumber, rightNumber) else { return nil }
    reading.value = .number((exact * 1e6).rounded() / 1e6)
    reading.since = reading.time
    return reading
  }
}
