/// Cells in series with what warms and cools them, in steps of one second.
package struct BatteryPack: Sendable {
  package let parameters: PackParameters
  package private(set) var ledger = EnergyLedger()
  /// The voltages at the cells' terminals, in V.
  package private(set) var voltages: [Double]
  /// Where heat that the BMS makes shows, in degC.
  package private(set) var bmsTemperature: Double

  private var cells: [Cell]
  private let figures: ChemistryFigures
  private let factors: StepFactors
  /// How well each cell is cooled, in W/K: those in the middle less.
  private let cooling: [Double]
  private var seconds = 0

  /// What balancing takes from a cell, in ohm: 3.9 ohm take 0.9 A at 3.5 V.
  package static let balancingResistance = 3.9

  /// - Parameters:
  ///   - parameters: What it is made of; within the ranges that they name.
  ///   - ambient: The temperature at the beginning, in degC.
  ///   - seed: Decides how the cells differ.
  package init(_ parameters: PackParameters, ambient: Double, seed: UInt64) {
    precondition(PackParameters.cellCounts.contains(parameters.cellCount), "too many or few cells")
    var random = SplitMix64(seed: seed)
    let figures = parameters.chemistry.figures
    let capacity = parameters.capacity * parameters.stateOfHealth / 100
    cells = (0..<parameters.cellCount).map { _ in
      Cell(
        capacity: capacity * (1 + parameters.capacitySpread * random.bell()),
        chargeRatio: min(
          1, max(0, parameters.stateOfCharge / 100 + parameters.chargeSpread * random.bell())),
        temperature: ambient,
        resistanceFactor: max(0.5, 1 + parameters.resistanceSpread * random.bell()),
        selfDischargeFactor: max(0.2, 1 + 0.2 * random.bell()), figures: figures)
    }
    let last = Double(parameters.cellCount - 1)
    cooling = (0..<parameters.cellCount).map { index in
      let fromMiddle = (2 * Double(index) / last - 1).magnitude
      return 0.004 * parameters.capacity * (0.8 + 0.2 * fromMiddle)
    }
    voltages = cells.map(\.openVoltage)
    bmsTemperature = ambient
    self.parameters = parameters
    self.figures = figures
    factors = StepFactors(figures)
  }

  /// The sum of the cells' voltages, in V.
  package var voltage: Double { voltages.reduce(0, +) }

  /// The voltage that a current meets besides ``resistance``, in V.
  package var openVoltage: Double { cells.reduce(0) { $0 + $1.openVoltage } }

  /// The ohmic resistance of all cells, in ohm.
  package var resistance: Double { cells.reduce(0) { $0 + $1.resistance } }

  /// In degC.
  package func temperature(ofCell index: Int) -> Double { cells[index].temperature }

  /// The mean charge of the cells, in %.
  package var stateOfCharge: Double {
    100 * cells.reduce(0) { $0 + $1.chargeRatio } / Double(cells.count)
  }

  /// In %, of the weakest cell.
  package var stateOfHealth: Double { 100 * (cells.map(\.health).min() ?? 1) }

  /// What all cells hold, in Ah and Wh.
  package var stored: (charge: Double, energy: Double) {
    cells.reduce((0, 0)) { ($0.0 + $1.charge, $0.1 + $1.energy(figures)) }
  }

  /// Lets a cell drain by itself, besides its self-discharge; a defect.
  package mutating func setLeak(_ current: Double, ofCell index: Int) {
    cells[index].leak = current
  }

  /// Lets a second pass.
  ///
  /// - Parameters:
  ///   - current: In A, positive charges.
  ///   - ambient: In degC.
  ///   - balanced: The cells that the BMS is balancing, as bits.
  package mutating func step(current: Double, ambient: Double, balanced: UInt32) {
    var bleeding = 0.0
    var total = (charge: 0.0, energy: 0.0, heat: 0.0, voltage: 0.0)
    for index in cells.indices {
      let isBalanced = balanced & 1 << UInt32(index) != 0
      let bleed = isBalanced ? max(0, voltages[index]) / Self.balancingResistance : 0
      let step = cells[index].step(current: current, bleed: bleed, figures, factors)
      voltages[index] = step.voltage
      bleeding += bleed * step.voltage
      total.charge += step.lostCharge
      total.energy += step.lostEnergy
      total.heat += step.heat
      total.voltage += step.voltage
      let flow = step.heat * 3600 - cooling[index] * (cells[index].temperature - ambient)
      cells[index].temperature += flow / (figures.heatCapacity * parameters.capacity)
    }
    ledger.lostCharge += total.charge
    ledger.lostEnergy += total.energy
    ledger.heat += total.heat
    let charge = current * Double(cells.count) / 3600
    let energy = current * total.voltage / 3600
    ledger.chargeIn += max(0, charge)
    ledger.chargeOut += max(0, -charge)
    ledger.energyIn += max(0, energy)
    ledger.energyOut += max(0, -energy)
    // The BMS: 50 W/K-seconds of mass, a shunt of 0.1 milliohm, balancing resistors, 0.5 W/K.
    let warming = bleeding + current * current * 1e-4 - 0.5 * (bmsTemperature - ambient)
    bmsTemperature += warming / 300
    seconds += 1
    if seconds % 60 == 0 { for index in cells.indices { cells[index].adaptToTemperature(figures) } }
    if seconds % 3600 == 0 { age() }
  }

  private mutating func age() {
    let before = stored
    for index in cells.indices { cells[index].age(seconds: 3600, figures) }
    let after = stored
    ledger.fadedCharge += before.charge - after.charge
    ledger.fadedEnergy += before.energy - after.energy
  }
}
