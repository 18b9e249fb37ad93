/// One figure of a bench test: measured on the real BMS, and simulated.
package struct BenchFinding: Sendable {
  /// What the figure is, which decides how near it has to come.
  package enum Kind: Hashable, Sendable {
    /// In V, of a cell: 5 mV. A pack's voltage counts as its cells.
    case voltage
    /// In degC: 0.5.
    case temperature
    /// In s: 1.
    case delay
    /// In A: 1 %, or the 0.1 A that the frame carries.
    case current
    /// In V as a frame carries it: 0.1.
    case limit
    /// A state or a count: the same.
    case exact
  }

  package var test: Int
  package var what: String
  package var kind: Kind
  /// As it stands in the log; a range where the log shows the rows on both sides of the change.
  package var measured: ClosedRange<Double>
  /// `nil` if it never happened.
  package var simulated: Double?
  /// As text, where numbers say nothing.
  package var texts: (measured: String, simulated: String)?
  /// Why it differs, where it does.
  package var reason: String

  /// How far the simulation lies outside of what was measured.
  package var difference: Double? {
    simulated.map { max(0, measured.lowerBound - $0, $0 - measured.upperBound) }
  }

  /// Whether it is near enough.
  package var agrees: Bool {
    if let texts { return texts.measured == texts.simulated }
    guard let difference else { return false }
    return difference <= tolerance + 1e-6
  }

  private var tolerance: Double {
    switch kind {
    case .voltage: 0.005
    case .temperature: 0.5
    case .delay: 1
    case .current: max(0.01 * measured.upperBound.magnitude, 0.1)
    case .limit: 0.1
    case .exact: 0
    }
  }
}
