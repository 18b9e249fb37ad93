/// That a table has the columns of one dialect, and there are several buses.
package struct SeveralBusesError: Error, CustomStringConvertible {
  private let buses: [String]

  /// - Parameter buses: What they are called, or the sources that they are of.
  package init(buses: [String]) { self.buses = buses }

  package var description: String {
    "the columns of csv are those of one dialect, and each of several buses "
      + "(\(buses.joined(separator: ", "))) may speak another; give the dialect with --dialect, "
      + "or decode each bus by itself"
  }
}
