/// A cell's open-circuit voltage against its charge, as a table that is fast to read.
///
/// Straight lines between the points that it is made of. Charge goes a little past empty and full,
/// where the voltage runs away: that is what a BMS has to protect a cell from.
struct VoltageCurve: Sendable {
  /// Charge is cut off here: below 0 an over-discharged cell, above 1 an overcharged one.
  static let range = -0.05...1.05
  private static let steps = 880
  private static let scale = Double(steps) / (range.upperBound - range.lowerBound)

  private var voltages: [Double] = []
  /// The integral of the voltage over charge, from the lower end of the range.
  private var integrals: [Double] = []

  /// - Parameter points: Charge (0 empty, 1 full) and volt, rising, at least two.
  init(_ points: [(charge: Double, voltage: Double)]) {
    precondition(points.count >= 2, "a curve of \(points.count) points")
    var integral = 0.0
    for step in 0...Self.steps {
      let charge = Self.range.lowerBound + Double(step) / Self.scale
      let voltage = Self.interpolated(points, charge)
      if let last = voltages.last { integral += (last + voltage) / 2 / Self.scale }
      voltages.append(voltage)
      integrals.append(integral)
    }
  }

  /// The open-circuit voltage in volt.
  func voltage(at charge: Double) -> Double {
    let (index, part) = Self.position(of: charge)
    return voltages[index] + (voltages[index + 1] - voltages[index]) * part
  }

  /// The energy stored per ampere-hour of capacity, in Wh, counted from the range's lower end.
  func energy(at charge: Double) -> Double {
    let (index, part) = Self.position(of: charge)
    let slope = voltages[index + 1] - voltages[index]
    return integrals[index] + (voltages[index] + slope * part / 2) * part / Self.scale
  }

  private static func position(of charge: Double) -> (index: Int, part: Double) {
    let position = (min(range.upperBound, max(range.lowerBound, charge)) - range.lowerBound) * scale
    let index = min(steps - 1, Int(position))
    return (index, position - Double(index))
  }

  /// Beyond the outermost points their line goes on.
  private static func interpolated(
    _ points: [(charge: Double, voltage: Double)], _ charge: Double
  ) -> Double {
    let upper = points.firstIndex { $0.charge > charge } ?? points.count - 1
    let (right, left) = (points[max(1, upper)], points[max(1, upper) - 1])
    let slope = (right.voltage - left.voltage) / (right.charge - left.charge)
    return left.voltage + slope * (charge - left.charge)
  }
}
