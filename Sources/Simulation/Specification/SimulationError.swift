import BatteryModel

/// What is wrong with a specification of a simulation.
package struct SimulationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The specification, as the user wrote it.
  package var text: String
  /// Where in it, counted in characters from 1; 0 if it is about the whole.
  package var column: Int
  package var problem: String

  package var description: String {
    let place = column == 0 ? "sim:\(text)" : "sim:\(text): column \(column + 4)"
    return "\(place): \(problem)".onOneLine
  }
}
