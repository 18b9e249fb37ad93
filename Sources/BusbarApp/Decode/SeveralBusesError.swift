/// That a table has the columns of one dialect, and there are several buses.
package struct SeveralBusesError: Error, CustomStringConvertible {
  /// What the source is called.
  let name: String
  let buses: [String]

  package var description: String {
    "\(name): the columns of csv are those of one dialect, and each of its buses "
      + "(\(buses.joined(separator: ", "))) may speak another; give the dialect with --dialect, "
      + "or take one bus: busbar convert --bus \(buses.last ?? "can0") LOG - | "
      + "busbar decode --format csv -"
  }
}
