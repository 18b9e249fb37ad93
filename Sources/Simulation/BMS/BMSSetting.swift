import BatteryModel

/// A setting of a REC BMS; the cases have their real names.
package enum BMSSetting: Int, CaseIterable, Hashable, Sendable {
  case bmin
  case bvol
  case cmax
  case maxh
  case cmin
  case minh
  case char
  case chis
  case clow
  case razl
  case tmax
  case tmin
  case tbal
  case bmth
  case maxc
  case maxd
  case sisn
  case chac
  case dchc
  case capa
  case soch
  case ioff

  package var name: String { "\(self)".uppercased() }
  package var meaning: String { row.meaning }
  /// `V`, `A`, `Ah`, `degC`, or empty for a ratio or a count.
  package var unit: String { row.unit }
  package var factoryValue: Double { row.factory }
  /// What the BMS accepts.
  package var range: ClosedRange<Double> { row.range }

  /// The setting of that name, in any case.
  package init?(named name: String) {
    guard let setting = Self.allCases.first(where: { $0.name == name.uppercased() }) else {
      return nil
    }
    self = setting
  }

  /// The name that somebody probably meant, or `nil`.
  package static func nearestName(to name: String) -> String? {
    Spelling.nearest(to: name, among: allCases.map(\.name))
  }

  private typealias Row = (
    meaning: String, unit: String, factory: Double, range: ClosedRange<Double>
  )

  private var row: Row {
    switch self {
    case .bmin: ("balancing begins, and the charge current begins to fall", "V", 3.45, 2.3...4.3)
    case .bvol: ("balancing ends", "V", 3.58, 2.3...4.3)
    case .cmax: ("cell overvoltage: alarm, contactor opens", "V", 3.85, 2...4.3)
    case .maxh: ("hysteresis of CMAX", "V", 0.25, 0.005...2)
    case .cmin: ("cell undervoltage: alarm, contactor opens", "V", 2.8, 1.8...4)
    case .minh: ("hysteresis of CMIN", "V", 0.1, 0.005...2)
    case .char: ("end of charge", "V", 3.58, 2...4.3)
    case .chis: ("hysteresis of the end of charge", "V", 0.25, 0.005...2)
    case .clow: ("discharging is no longer allowed", "V", 2.95, 1.8...4.2)
    case .razl: ("largest difference between cells", "V", 0.25, 0.005...1)
    case .tmax: ("cell overtemperature: alarm, contactor opens", "degC", 55, -20...65)
    case .tmin: ("charging is not allowed below", "degC", -10, -30...65)
    case .tbal: ("overtemperature of the BMS", "degC", 55, -20...65)
    case .bmth: ("hysteresis of TBAL", "K", 5, 1...30)
    case .maxc: ("largest charge current for each inverter", "A", 70, 5...1000)
    case .maxd: ("largest discharge current for each inverter", "A", 100, 5...1000)
    case .sisn: ("number of inverters", "", 1, 1...6)
    case .chac: ("charge current by capacity", "C", 0.6, 0.01...5)
    case .dchc: ("discharge current by capacity", "C", 1.5, 0.01...5)
    case .capa: ("capacity", "Ah", 200, 1...5000)
    case .soch: ("hysteresis of the state of charge at the end of charge", "", 0.05, 0.005...0.99)
    case .ioff: ("offset of the current measurement", "A", 0, -2...2)
    }
  }
}
