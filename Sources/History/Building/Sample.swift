import BatteryModel

/// One number that a battery told.
struct Sample: Hashable, Sendable {
  var quantity: BatteryQuantity
  /// In the catalogue's unit; an alarm or a flag is 1 if it is raised, otherwise 0.
  var value: Double
  /// In nanoseconds since 1970.
  var time: Int64
}
