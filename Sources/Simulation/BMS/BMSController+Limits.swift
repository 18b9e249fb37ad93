extension BMSController {
  /// The charge current limit without any reason to lower it, in A.
  var chargeBase: Double {
    min(settings[.maxc] * settings[.sisn], settings[.chac] * settings[.capa])
  }

  /// The same for discharging.
  var dischargeBase: Double {
    min(settings[.maxd] * settings[.sisn], settings[.dchc] * settings[.capa])
  }

  /// What follows when CLOW has taken the discharge current away.
  ///
  /// Charging is enabled a second later, and after two the state of charge is set to 2.99 %. A
  /// low-voltage alarm sets it to 1.99 %.
  mutating func updateDischarge(_ measurement: BMSMeasurement, _ extremes: MeasuredExtremes) {
    let low = extremes.cellMin.value
    discharge.secondPassed(
      isLow: low <= settings[.clow] + 1e-9, isHigh: low > settings[.clow] + settings[.minh],
      // What opens the gate again, other than the end of charge, was not measured [chosen].
      mayReopen: stateOfCharge > 100 * settings[.soch],
      voltage: Self.truncated(measurement.packVoltage))
    switch discharge.closedSeconds {
    case 0: heldChargeLimit *= 0.2
    case 2:
      fullSeconds = nil
      stateOfCharge = min(stateOfCharge, 2.99)
    default: break
    }
    if alarms.lowVoltage.isActive { stateOfCharge = min(stateOfCharge, 1.99) }
  }

  mutating func updateLimits(_ measurement: BMSMeasurement, _ extremes: MeasuredExtremes) {
    limits.chargeVoltage = chargeVoltageLimit(measurement, extremes)
    limits.chargeCurrent = Self.truncated(chargeCurrentLimit(extremes))
    limits.dischargeCurrent =
      alarms.isBroken || alarms.highCurrent.isActive
      ? 0 : Self.truncated(dischargeBase * discharge.part)
    switch discharge.state {
    // One step below the product, as captured: 23.1 V for 8 cells and CLOW 2.9 V.
    case .open:
      limits.dischargeVoltage =
        (Double(cellCount) * settings[.clow] * 10 - 1e-6).rounded(.up) / 10 - 0.1
    case .closing: limits.dischargeVoltage = Self.truncated(measurement.packVoltage)
    case .closed(_, let voltage): limits.dischargeVoltage = voltage
    }
  }

  private func chargeVoltageLimit(
    _ measurement: BMSMeasurement, _ extremes: MeasuredExtremes
  ) -> Double {
    let cells = Double(cellCount)
    let pack = Self.truncated(measurement.packVoltage + Self.packVoltageExcess)
    if alarms.stopsCharging { return pack }
    if let fullSeconds, fullSeconds >= 1 {
      return Self.truncated(cells * (settings[.char] - 0.2 * settings[.chis]))
    }
    let limit = (cells * settings[.char] * 10 - 1e-6).rounded(.up) / 10
    return extremes.cellMax.value > settings[.char] ? min(limit, pack) : limit
  }

  private func chargeCurrentLimit(_ extremes: MeasuredExtremes) -> Double {
    if alarms.stopsCharging { return 0 }
    if fullSeconds != nil { return heldChargeLimit }
    return min(voltageTaper(extremes), temperatureTaper(extremes))
  }

  /// From BMIN to CHAR the limit falls in a straight line, by the highest cell.
  private func voltageTaper(_ extremes: MeasuredExtremes) -> Double {
    let voltage = extremes.cellMax.value
    let (start, end) = (settings[.bmin], settings[.char])
    guard behaviour.tapersFromBMIN || voltage >= end else { return chargeBase }
    let part = min(1, max(0, (end - voltage) / (end - start)))
    return max(chargeBase * part, Self.chargeFloor(settings))
  }

  /// A fifth is left within 5 K of TMAX and TMIN.
  private func temperatureTaper(_ extremes: MeasuredExtremes) -> Double {
    let isNear =
      extremes.temperatureMax.value > settings[.tmax] - 5
      || extremes.temperatureMin.value < settings[.tmin] + 5
    return isNear ? 0.2 * chargeBase : chargeBase
  }

  /// How much more the BMS takes the pack's voltage for than its cells add up to, in V [inferred]: CVL
  /// said 28.7 V at 28.68 V.
  static let packVoltageExcess = 0.02

  /// Cut off to a tenth, as REC does.
  static func truncated(_ value: Double) -> Double { (value * 10 + 1e-6).rounded(.down) / 10 }
}
