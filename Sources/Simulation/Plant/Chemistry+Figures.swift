extension Chemistry {
  /// The figures of this chemistry.
  var figures: ChemistryFigures {
    switch self {
    case .lfp: Self.lfpFigures
    case .nmc: Self.nmcFigures
    case .lto: Self.ltoFigures
    }
  }

  private static let lfpFigures = ChemistryFigures(
    curve: VoltageCurve([
      (-0.05, 1.0), (-0.02, 2.0), (0, 2.6), (0.01, 2.85), (0.025, 3.0), (0.05, 3.1), (0.1, 3.18),
      (0.15, 3.205), (0.2, 3.225), (0.3, 3.255), (0.4, 3.27), (0.5, 3.276), (0.6, 3.288),
      (0.65, 3.3), (0.7, 3.316), (0.8, 3.324), (0.9, 3.329), (0.96, 3.334), (0.98, 3.342),
      (0.99, 3.36), (0.995, 3.385), (1, 3.45), (1.005, 3.6), (1.02, 4.0), (1.05, 4.6),
    ]),
    hysteresis: 0.012, hysteresisWidth: 0.05, resistances: (0.1, 0.05, 0.09),
    timeConstants: (30, 900), activation: 2400, coulombicEfficiency: 0.9995, selfDischarge: 0.02,
    heatCapacity: 20, lossPerCycle: 0.2 / 4000, lossPerYear: 0.015)

  private static let nmcFigures = ChemistryFigures(
    curve: VoltageCurve([
      (-0.05, 2.0), (0, 3.0), (0.02, 3.25), (0.05, 3.4), (0.1, 3.48), (0.2, 3.56), (0.3, 3.61),
      (0.4, 3.65), (0.5, 3.71), (0.6, 3.81), (0.7, 3.91), (0.8, 4.0), (0.9, 4.08), (1, 4.18),
      (1.02, 4.25), (1.05, 4.4),
    ]),
    hysteresis: 0.004, hysteresisWidth: 0.05, resistances: (0.06, 0.03, 0.06),
    timeConstants: (20, 600), activation: 3000, coulombicEfficiency: 0.999, selfDischarge: 0.02,
    heatCapacity: 12, lossPerCycle: 0.2 / 1500, lossPerYear: 0.025)

  private static let ltoFigures = ChemistryFigures(
    curve: VoltageCurve([
      (-0.05, 1.0), (0, 1.9), (0.02, 2.05), (0.05, 2.11), (0.1, 2.15), (0.2, 2.19), (0.3, 2.22),
      (0.4, 2.25), (0.5, 2.29), (0.6, 2.34), (0.7, 2.4), (0.8, 2.46), (0.9, 2.53), (0.97, 2.6),
      (1, 2.68), (1.02, 2.8), (1.05, 3.0),
    ]),
    hysteresis: 0.003, hysteresisWidth: 0.05, resistances: (0.025, 0.012, 0.02),
    timeConstants: (10, 400), activation: 1800, coulombicEfficiency: 0.9998, selfDischarge: 0.02,
    heatCapacity: 30, lossPerCycle: 0.2 / 15_000, lossPerYear: 0.005)
}
