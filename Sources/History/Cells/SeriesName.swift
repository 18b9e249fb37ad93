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

  /// The name of the cache that holds a grid of it.
  func cache(_ grid: CellGrid) -> String { "series \(quantity.rawValue) \(grid.level) \(bus)" }
}
