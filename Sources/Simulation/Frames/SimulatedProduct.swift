import BMSDialects
import BatteryModel

/// A battery that can be simulated: its dialect, what it says of itself, and how it behaves.
///
/// The raw value is what users write after `sim:`.
package enum SimulatedProduct: String, CaseIterable, Hashable, Sendable {
  /// A REC Q as it was measured: one frame each 151 ms, in a cycle of 18.
  case recQ = "rec-q"
  /// Any battery that speaks Victron's messages.
  case victron
  /// Any battery that speaks SMA's messages.
  case sma
  case pylontech
  case byd

  package var dialectName: String { self == .recQ ? "rec" : rawValue }
  package var behaviour: BMSBehaviour { self == .recQ ? .rec : .generic }

  /// The name that somebody probably meant, or `nil`.
  package static func nearestName(to name: String) -> String? {
    Spelling.nearest(to: name, among: allCases.map(\.rawValue))
  }

  /// What it says of itself.
  ///
  /// - Parameters:
  ///   - number: 1 for the first battery on a bus, 2 for the second.
  ///   - firmware: Its software, such as `2.6`.
  /// - Returns: The texts, without those that it does not send.
  func texts(number: Int, firmware: String) -> [BatteryQuantity: String] {
    switch self {
    case .recQ:
      [
        .manufacturer: "REC-BMS", .serial: "1Q-\(1844 + number)", .firmware: firmware,
        .productCode: "0x0000",
      ]
    case .victron:
      [
        .manufacturer: "BUSBAR", .model: "Simulation", .serial: "SIM\(number)",
        .firmware: firmware, .family: "SIM",
      ]
    case .sma: [.manufacturer: "SMA", .firmware: firmware]
    case .pylontech: [.manufacturer: "PYLON", .firmware: firmware]
    case .byd: [.manufacturer: "BYD", .firmware: firmware, .family: "PREMIUM"]
    }
  }

  /// What it does not watch, though its dialect has a place for it.
  var unwatched: Set<BatteryQuantity> {
    switch self {
    case .recQ:
      [
        .alarmGeneral, .alarmLowTemperature, .alarmHighTemperatureCharge, .alarmContactor,
        .alarmShortCircuit, .alarmCellImbalance, .warningGeneral, .warningHighVoltage,
        .warningLowVoltage, .warningHighTemperature, .warningLowTemperature,
        .warningHighTemperatureCharge, .warningLowTemperatureCharge, .warningHighCurrent,
        .warningHighChargeCurrent, .warningContactor, .warningShortCircuit,
      ]
    case .victron, .sma, .pylontech, .byd: []
    }
  }
}
