/// The settings of a REC BMS, by their real names, with the values that it leaves the factory with.
///
/// What each means stands in ``BMSSetting``.
package struct BMSSettings: Hashable, Sendable {
  /// By the settings' raw values: they are read many times in each second.
  private var values: [Double] = BMSSetting.allCases.map(\.factoryValue)

  package init() {}

  /// The value in the setting's unit; the factory's until it is changed.
  package subscript(setting: BMSSetting) -> Double {
    get { values[setting.rawValue] }
    set { values[setting.rawValue] = newValue }
  }

  /// The settings that make sense for cells of a chemistry: the factory's for LiFePO4, others moved to
  /// the chemistry's voltages.
  package init(for chemistry: Chemistry) {
    let voltages: [BMSSetting: Double]
    switch chemistry {
    case .lfp: voltages = [:]
    case .nmc:
      voltages = [
        .bmin: 4.0, .bvol: 4.15, .char: 4.15, .cmax: 4.25, .maxh: 0.1, .chis: 0.1, .clow: 3.2,
        .cmin: 3.0,
      ]
    case .lto:
      voltages = [
        .bmin: 2.5, .bvol: 2.65, .char: 2.65, .cmax: 2.85, .maxh: 0.15, .chis: 0.15, .clow: 2.05,
        .cmin: 1.85, .minh: 0.2,
      ]
    }
    for (setting, voltage) in voltages { self[setting] = voltage }
  }
}

extension BMSSettings {
  /// What must be smaller than what, so that the BMS can work at all.
  private static let order: [(smaller: BMSSetting, larger: BMSSetting)] = [
    (.cmin, .cmax), (.cmin, .clow), (.clow, .bmin), (.bmin, .char), (.char, .cmax), (.tmin, .tmax),
  ]

  /// The pairs of settings that contradict each other, as sentences; empty if there are none.
  ///
  /// The first of a pair is the one to name the place of.
  package var contradictions: [(setting: BMSSetting, text: String)] {
    var found: [(setting: BMSSetting, text: String)] = []
    for (smaller, larger) in Self.order where self[smaller] >= self[larger] {
      found.append(
        (
          smaller,
          "\(smaller.name) (\(self[smaller]) \(smaller.unit)) must be below "
            + "\(larger.name) (\(self[larger]) \(larger.unit))"
        ))
    }
    if self[.cmax] - self[.maxh] <= self[.cmin] + self[.minh] {
      found.append(
        (.maxh, "CMAX - MAXH must stay above CMIN + MINH, or no voltage ends both alarms"))
    }
    return found
  }
}
