/// What is measured at one cell.
public enum CellQuantity: String, CaseIterable, Hashable, Sendable {
  /// In volt.
  case voltage
  /// In degree Celsius.
  case temperature

  /// The name that DBC attributes give it; with the cell's number it is what users see.
  public var name: String { "cell_\(rawValue)" }

  /// The quantity with this name, such as `cell_voltage`.
  public init?(name: String) {
    guard let known = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = known
  }

  /// `V` or `degC`.
  public var unit: String {
    switch self {
    case .voltage: BatteryQuantity.cellVoltageMin.details.unit
    case .temperature: BatteryQuantity.cellTemperatureMin.details.unit
    }
  }

  /// The values that a cell can have; others are a fault or a misreading.
  public var plausibleRange: ClosedRange<Double> {
    switch self {
    case .voltage: BatteryQuantity.cellVoltageMin.plausibleRange
    case .temperature: BatteryQuantity.cellTemperatureMin.plausibleRange
    }
  }

  /// The quantity at the beginning of a sentence.
  public var title: String {
    switch self {
    case .voltage: "Voltage"
    case .temperature: "Temperature"
    }
  }
}

/// The values of single cells, which only some batteries tell; each ages as a snapshot's readings do.
public struct CellReadings: Sendable {
  /// Cells are counted from 1; no pack of the family has more.
  public static let numbers = 1...256

  private struct Key: Hashable {
    var cell: Int
    var quantity: CellQuantity
  }

  private var readings: [Key: BatterySnapshot.Reading] = [:]

  init() {}

  /// The cells that ever had a value, from the lowest number on.
  public var known: [(cell: Int, quantity: CellQuantity)] {
    readings.keys.map { ($0.cell, $0.quantity) }
      .sorted { ($0.cell, $0.quantity.rawValue) < ($1.cell, $1.quantity.rawValue) }
  }

  /// Whether no cell ever had a value.
  public var isEmpty: Bool { readings.isEmpty }

  mutating func record(
    _ quantity: CellQuantity, of cell: Int, _ value: Double?, time: Int64?, heard: Int64
  ) {
    guard Self.numbers.contains(cell), value?.isFinite ?? true else { return }
    let key = Key(cell: cell, quantity: quantity)
    guard let value else {
      readings[key]?.heard = .min / 2
      return
    }
    readings[key] = BatterySnapshot.Reading(
      replacing: readings[key], value: .number(value), time: time, heard: heard)
  }

  /// The reading, or `nil` if it is unknown or too old at `now`.
  public func reading(
    _ quantity: CellQuantity, of cell: Int, at now: Int64
  ) -> BatterySnapshot.Reading? {
    guard let reading = readings[Key(cell: cell, quantity: quantity)],
      now - reading.heard <= reading.timeout
    else { return nil }
    return reading
  }
}

extension BatterySnapshot {
  /// Takes over one value of one cell.
  ///
  /// - Parameters:
  ///   - quantity: What was measured.
  ///   - cell: Counted from 1; others are ignored.
  ///   - value: In the quantity's unit; `nil` if the BMS says that there is none.
  ///   - time: When it was said, in nanoseconds since 1970; `nil` if unknown.
  ///   - heard: The same moment on the clock that ages are counted on.
  public mutating func record(
    _ quantity: CellQuantity, ofCell cell: Int, _ value: Double?, time: Int64?, heard: Int64
  ) {
    cells.record(quantity, of: cell, value, time: time, heard: heard)
  }
}
