package import BatteryModel

/// One line of a chart: a quantity of the battery on one bus.
package struct SeriesName: Hashable, Sendable {
  package var quantity: BatteryQuantity
  /// The bus's name; empty for frames whose source has none.
  package var bus: String

  package init(_ quantity: BatteryQuantity, bus: String) {
    self.quantity = quantity
    self.bus = bus
  }

  /// The cache that holds the names of all series, each under its number.
  static let cache = "series"

  /// As it is kept there: a quantity's name has no blank.
  var bytes: [UInt8] { Array("\(quantity.rawValue) \(bus)".utf8) }

  init?(_ bytes: [UInt8]) {
    let parts = String(decoding: bytes, as: UTF8.self).split(
      separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let quantity = BatteryQuantity(rawValue: String(parts[0])) else {
      return nil
    }
    self.init(quantity, bus: String(parts[1]))
  }
}
