/// Where charge and energy went since the beginning, in Ah and Wh, summed over the cells.
///
/// What came in through the terminals is what is stored, lost, faded or turned to heat; the
/// difference is what the simulation itself lost, and a test holds it against 0.1 %.
package struct EnergyLedger: Hashable, Sendable {
  /// Through the terminals, positive charges; charge is that of one cell times their number.
  package internal(set) var chargeIn = 0.0
  package internal(set) var chargeOut = 0.0
  package internal(set) var energyIn = 0.0
  package internal(set) var energyOut = 0.0
  /// Imperfect charging, self-discharge, balancing and leaks.
  package internal(set) var lostCharge = 0.0
  package internal(set) var lostEnergy = 0.0
  /// What ageing took with the capacity that it took.
  package internal(set) var fadedCharge = 0.0
  package internal(set) var fadedEnergy = 0.0
  /// Made in resistances, polarisation and hysteresis.
  package internal(set) var heat = 0.0
}
