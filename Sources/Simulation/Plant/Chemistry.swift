/// What cells are made of; the raw value is what profiles write.
package enum Chemistry: String, CaseIterable, Hashable, Sendable {
  /// Lithium iron phosphate on graphite.
  case lfp
  /// Nickel manganese cobalt oxide on graphite.
  case nmc
  /// Nickel manganese cobalt oxide on lithium titanate.
  case lto
}

/// The figures of a chemistry, for a cell of one ampere-hour; `docs/simulation.md` has the sources.
struct ChemistryFigures: Sendable {
  /// Open-circuit voltage against charge at 25 degC, between the branches of charge and discharge.
  var curve: VoltageCurve
  /// How far the branch of charge lies above the curve, and that of discharge below it, in V.
  var hysteresis: Double
  /// The part of the capacity after which one branch has become the other, roughly.
  var hysteresisWidth: Double
  /// Resistances at 25 degC in ohm times ampere-hour: ohmic, charge transfer, diffusion.
  var resistances: (ohmic: Double, fast: Double, slow: Double)
  /// How fast the two polarisations settle, in s.
  var timeConstants: (fast: Double, slow: Double)
  /// Activation energy of the resistances over the gas constant, in K.
  var activation: Double
  /// The part of the charge put in that can be taken out again.
  var coulombicEfficiency: Double
  /// The part of the charge lost in a month of 30 days at 25 degC; doubles with every 10 K.
  var selfDischarge: Double
  /// In J/K for each ampere-hour.
  var heatCapacity: Double
  /// The part of the capacity lost with each full cycle.
  var lossPerCycle: Double
  /// The part of the capacity lost in a year at 25 degC; doubles with every 12 K.
  var lossPerYear: Double
}
