import Glibc

/// One cell: charge, hysteresis, two polarisations, temperature and age, in steps of one second.
struct Cell: Sendable {
  /// What it can hold now, in Ah.
  private(set) var capacity: Double
  /// What it holds, in Ah.
  private(set) var charge: Double
  /// In degC.
  var temperature: Double
  /// Its ohmic resistance now, in ohm.
  private(set) var resistance = 0.0
  /// The voltage without the ohmic part, which a current of no duration would meet, in V.
  private(set) var openVoltage = 0.0
  /// What drains it besides self-discharge, in A: a defect.
  var leak = 0.0

  private let newCapacity: Double
  private let resistanceFactor: Double
  private let selfDischargeFactor: Double
  /// From -1 (the branch of discharge) to 1 (the branch of charge).
  private var branch = 0.0
  private var fastVoltage = 0.0
  private var slowVoltage = 0.0
  private var fastResistance = 0.0
  private var slowResistance = 0.0
  private var selfDischargeCurrent = 0.0
  /// Throughput since the last ageing, in Ah.
  private var throughput = 0.0

  /// What one second did to the cell, in Ah and Wh.
  struct Step: Sendable {
    /// Lost to imperfect charging, self-discharge, balancing and leaks.
    var lostCharge = 0.0
    var lostEnergy = 0.0
    /// Heat in resistances and hysteresis.
    var heat = 0.0
    /// The voltage at the terminals, in V.
    var voltage = 0.0
  }

  /// - Parameters:
  ///   - capacity: In Ah, as it differs from its neighbours'.
  ///   - chargeRatio: 0 empty, 1 full.
  ///   - temperature: In degC.
  ///   - resistanceFactor: How its resistance differs from its neighbours', 1 for not at all.
  ///   - selfDischargeFactor: The same for self-discharge.
  ///   - figures: Of its chemistry.
  init(
    capacity: Double, chargeRatio: Double, temperature: Double, resistanceFactor: Double,
    selfDischargeFactor: Double, figures: ChemistryFigures
  ) {
    self.capacity = capacity
    self.charge = capacity * chargeRatio
    self.temperature = temperature
    self.newCapacity = capacity
    self.resistanceFactor = resistanceFactor
    self.selfDischargeFactor = selfDischargeFactor
    adaptToTemperature(figures)
    openVoltage = figures.curve.voltage(at: chargeRatio)
  }

  /// 0 empty, 1 full.
  var chargeRatio: Double { charge / capacity }

  /// What is left of the capacity that it had when it was new, 0 to 1.
  var health: Double { capacity / newCapacity }

  /// The energy that it holds, in Wh.
  func energy(_ figures: ChemistryFigures) -> Double {
    capacity * figures.curve.energy(at: chargeRatio)
  }

  /// Lets a second pass.
  ///
  /// - Parameters:
  ///   - current: At the terminals, in A, positive charges.
  ///   - bleed: What balancing takes past the terminals, in A, never negative.
  ///   - figures: Of its chemistry.
  ///   - factors: Of its chemistry, for a second.
  /// - Returns: What came of it.
  mutating func step(
    current: Double, bleed: Double, _ figures: ChemistryFigures, _ factors: StepFactors
  ) -> Step {
    var step = Step()
    let before = openCircuitVoltage(figures)
    let inefficiency = current > 0 ? current * (1 - figures.coulombicEfficiency) : 0
    let lost = inefficiency + selfDischargeCurrent + bleed + leak
    charge += (current - lost) / 3600
    throughput += current.magnitude / 3600
    let after = openCircuitVoltage(figures)
    step.lostCharge = lost / 3600
    step.lostEnergy = lost * (before + after) / 2 / 3600
    let share = min(1, current.magnitude * factors.hysteresis / capacity)
    branch += ((current > 0 ? 1 : current < 0 ? -1 : branch) - branch) * share
    fastVoltage += (current * fastResistance - fastVoltage) * factors.fast
    slowVoltage += (current * slowResistance - slowVoltage) * factors.slow
    let overVoltage = branch * figures.hysteresis + fastVoltage + slowVoltage
    openVoltage = after + overVoltage
    step.voltage = openVoltage + current * resistance
    step.heat = current * (overVoltage + current * resistance) / 3600
    return step
  }

  /// Adapts resistances and self-discharge to the temperature; call about once a minute.
  mutating func adaptToTemperature(_ figures: ChemistryFigures) {
    let kelvin = max(200, temperature + 273.15)
    let cold = exp(figures.activation * (1 / kelvin - 1 / 298.15))
    // Resistance rises by as much as it takes to have doubled when a fifth of the capacity is lost.
    let aged = 1 + 5 * (1 - health)
    let factor = cold * aged * resistanceFactor / newCapacity
    resistance = figures.resistances.ohmic * factor
    fastResistance = figures.resistances.fast * factor
    slowResistance = figures.resistances.slow * factor
    let warmth = exp2((temperature - 25) / 10)
    selfDischargeCurrent =
      charge > 0
      ? capacity * figures.selfDischarge * selfDischargeFactor * warmth / (30 * 24) : 0
  }

  /// Ages the cell by what it went through since the last call.
  ///
  /// - Parameters:
  ///   - seconds: How long that was.
  ///   - figures: Of its chemistry.
  mutating func age(seconds: Double, _ figures: ChemistryFigures) {
    let cycles = throughput / 2 / newCapacity
    let years = seconds / (365.25 * 86_400) * exp2((temperature - 25) / 12)
    let loss = cycles * figures.lossPerCycle + years * figures.lossPerYear
    let remaining = max(0.1 * newCapacity, capacity - loss * newCapacity)
    // The charge that the lost part held is lost with it.
    charge *= remaining / capacity
    capacity = remaining
    throughput = 0
  }

  private func openCircuitVoltage(_ figures: ChemistryFigures) -> Double {
    figures.curve.voltage(at: charge / capacity)
  }
}

/// What is the same for all cells in each second.
struct StepFactors: Sendable {
  var fast: Double
  var slow: Double
  /// The share of the way to the other branch, per ampere and ampere-hour of capacity.
  var hysteresis: Double

  init(_ figures: ChemistryFigures) {
    fast = 1 - exp(-1 / figures.timeConstants.fast)
    slow = 1 - exp(-1 / figures.timeConstants.slow)
    hysteresis = 1 / (3600 * figures.hysteresisWidth)
  }
}
