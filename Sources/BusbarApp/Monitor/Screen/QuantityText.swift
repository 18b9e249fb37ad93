import BMSDialects
import BatteryModel
import DBC

/// Quantities in few characters.
enum QuantityText {
  /// How many decimals a quantity is shown with.
  static func decimals(_ quantity: BatteryQuantity) -> Int {
    switch quantity {
    case .voltage: 2
    case .cellVoltageMin, .cellVoltageMax, .cellVoltageSpread: 3
    case .power, .stateOfHealth, .cycles, .modulesOnline, .modulesOffline,
      .modulesBlockingCharge, .modulesBlockingDischarge:
      0
    default: 1
    }
  }

  /// The field's own abbreviations; empty where the unit says enough.
  static func shortName(_ quantity: BatteryQuantity) -> String {
    switch quantity {
    case .voltage, .current, .power, .temperature, .manufacturer, .model: ""
    case .stateOfCharge: "SOC"
    case .stateOfHealth: "SOH"
    case .chargeVoltageLimit: "CVL"
    case .chargeCurrentLimit: "CCL"
    case .dischargeCurrentLimit: "DCL"
    case .dischargeVoltageLimit: "DVL"
    case .cellVoltageMin, .cellTemperatureMin: "min"
    case .cellVoltageMax, .cellTemperatureMax: "max"
    case .cellVoltageMinId: "lowest"
    case .cellVoltageMaxId: "highest"
    case .cellTemperatureMinId: "coldest"
    case .cellTemperatureMaxId: "warmest"
    case .capacityInstalled: "installed"
    case .capacityRemaining: "remaining"
    case .capacityReported: "capacity"
    case .chargeAllowed: "charge"
    case .dischargeAllowed: "discharge"
    default: quantity.details.titleInSentence
    }
  }

  /// A decoded entry such as `CVL 28.7 V`; `nil` for an alarm that is not active.
  static func short(_ field: DecodedField, _ appearance: ScreenAppearance) -> String? {
    let name = field.quantity.map { shortName($0) } ?? field.key
    switch field.value {
    case .alarm(let state):
      return state == .active ? (field.quantity?.details.title ?? field.key).uppercased() : nil
    case .notAvailable: return appearance.clean("\(name.isEmpty ? field.key : name) -")
    default: break
    }
    var parts = name.isEmpty ? [] : [appearance.clean(name)]
    let value = ColumnText.text(field.value)
    parts.append(value.isEmpty ? "-" : appearance.clean(value))
    let unit = field.quantity.map(\.details.unit) ?? field.unit
    if field.value.number != nil, !unit.isEmpty { parts.append(appearance.unit(unit)) }
    if field.quantity == nil, let label = field.label {
      parts.append("(\(appearance.clean(label)))")
    }
    return parts.joined(separator: " ")
  }

  /// All entries of a frame in one line.
  static func short(_ fields: [DecodedField], _ appearance: ScreenAppearance) -> String {
    let texts = fields.compactMap { short($0, appearance) }
    guard texts.isEmpty else { return texts.joined(separator: ", ") }
    return fields.contains { $0.quantity?.details.kind == .alarm } ? "no alarm" : ""
  }
}
