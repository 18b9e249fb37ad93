import BatteryModel

/// Where the values of single cells go; no standard says it.
package enum SignalKCellPaths: String, CaseIterable, Hashable, Sendable {
  /// `cells.<n>.voltage` and `cells.<n>.temperature`.
  case cells
  /// `cellVoltages.<n>.voltage`, as the Victron and Bluetooth plugins have it; temperatures as above.
  case cellVoltages
  /// Voltages in both places.
  case both

  /// The ends of the paths of one cell's value.
  func ends(of quantity: CellQuantity, cell: Int) -> [String] {
    let plain = "cells.\(cell).\(quantity.rawValue)"
    let alias = "cellVoltages.\(cell).\(quantity.rawValue)"
    return switch (self, quantity) {
    case (_, .temperature), (.cells, _): [plain]
    case (.cellVoltages, .voltage): [alias]
    case (.both, .voltage): [plain, alias]
    }
  }
}
