/// What a pack is made of.
package struct PackParameters: Hashable, Sendable {
  package static let cellCounts = 4...32

  package var chemistry = Chemistry.lfp
  /// Cells in series, 4 to 32.
  package var cellCount = 8
  /// In Ah, 1 to 5000.
  package var capacity = 200.0
  /// Standard deviation of the cells' capacities, as a part of the mean, 0 to 0.1.
  package var capacitySpread = 0.005
  /// The same for resistances, 0 to 0.5.
  package var resistanceSpread = 0.05
  /// Standard deviation of the cells' charge at the beginning, as a part of the capacity, 0 to 0.1.
  package var chargeSpread = 0.002
  /// In %, 0 to 100.
  package var stateOfCharge = 60.0
  /// What is left of a new pack's capacity, in %, 50 to 100.
  package var stateOfHealth = 100.0

  package init() {}
}
