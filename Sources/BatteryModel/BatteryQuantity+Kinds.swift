extension BatteryQuantity {
  /// Whether this is an `alarm_…`.
  public var isAlarm: Bool { rawValue.hasPrefix("alarm_") }

  /// Whether this is a `warning_…`.
  public var isWarning: Bool { rawValue.hasPrefix("warning_") }

  /// The subject of an alarm or warning, such as `high_voltage`; `nil` for any other quantity.
  public var alarmSubject: Substring? {
    if isAlarm {
      rawValue.dropFirst("alarm_".count)
    } else if isWarning {
      rawValue.dropFirst("warning_".count)
    } else {
      nil
    }
  }

  /// Every alarm and every warning, in the catalogue's order.
  public static let alarms = allCases.filter { $0.isAlarm || $0.isWarning }
}

extension BatteryQuantity {
  /// Whether the value is a yes or no.
  public var isFlag: Bool {
    switch self {
    case .chargeAllowed, .dischargeAllowed, .forceCharge, .fullChargeRequested: true
    default: false
    }
  }

  /// Whether it is a text, which has no series: a name, the number of a cell, a state in words.
  public var isText: Bool {
    details.kind == .identity || self == .systemStatus || rawValue.hasSuffix("_id")
  }
}

extension BatteryQuantity {
  /// Its place in ``allCases``, for tables that are looked into for every value of every frame.
  ///
  /// An enumeration without values is stored as this number; a test holds it.
  public var number: Int { Int(unsafe withUnsafeBytes(of: self) { unsafe $0[0] }) }

  /// By ``number``: hashing the raw value, as enumerations with one do, takes five times as long.
  public func hash(into hasher: inout Hasher) { hasher.combine(UInt8(truncatingIfNeeded: number)) }
}
