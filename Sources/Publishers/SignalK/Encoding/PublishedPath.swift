import BatteryModel

/// A quantity of one battery that has a place in Signal K.
struct PublishedPath: Sendable {
  let quantity: BatteryQuantity
  let row: QuantityDetails
  let path: String
  let meta: SignalKMeta

  /// Every path that the catalogue gives, except those that need a setting that is missing.
  static func all(of battery: SignalKBattery) -> [Self] {
    BatteryQuantity.allCases.compactMap { quantity in
      let row = quantity.details
      guard let mapping = row.signalK else { return nil }
      if mapping.conversion == .ampereHoursToJoules, battery.nominalVoltage == nil { return nil }
      return Self(
        quantity: quantity, row: row, path: battery.path(mapping.path),
        meta: SignalKMeta(
          row.title, of: battery, row.description, units: mapping.unit,
          scale: SignalKDisplayScale(of: quantity, nominalVoltage: battery.nominalVoltage)))
    }
  }
}

extension SignalKMeta {
  /// Four values may go missing before a display takes the path for stale.
  private static let timeoutSeconds = Double(4 * PathPacing.repeatInterval / 1_000_000_000)

  /// The meta of one of a battery's paths, such as `House battery voltage` for the title `Voltage`.
  init(
    _ title: String, of battery: SignalKBattery, _ description: String, units: String?,
    scale: SignalKDisplayScale? = nil
  ) {
    self.init(
      description: description, units: units,
      displayName: "\(battery.title) \(title.prefix(1).lowercased())\(title.dropFirst())",
      timeout: Self.timeoutSeconds, displayScale: scale)
  }
}
