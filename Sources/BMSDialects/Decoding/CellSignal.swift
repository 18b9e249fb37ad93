import BatteryModel
import DBC

/// Finds out which cell a frame tells of.
struct CellSignal: Sendable {
  /// A signal that holds the number of the cell.
  private struct Source: Sendable {
    var field: BitField
    var times: Int64
    var plus: Int64
  }

  let quantity: CellQuantity
  private let fixed: Int
  private let source: Source?

  /// Whether every frame tells of the same cell.
  var isFixed: Bool { source == nil }

  init(_ meaning: CellMeaning, in dialect: Dialect) {
    quantity = meaning.quantity
    switch meaning.number {
    case .fixed(let number):
      fixed = number
      source = nil
    case .told(let slot, let times, let plus):
      fixed = 0
      source = Source(
        field: dialect.plan.signals[slot].field, times: Int64(times), plus: Int64(plus))
    }
  }

  /// The number of the cell, or `nil` if the frame does not tell one that a cell can have.
  func cell(in payload: UInt64, length: UInt8) -> Int? {
    guard let source else { return fixed }
    guard source.field.byteCount <= length else { return nil }
    let raw = source.field.integer(in: payload)
    let numbers = CellReadings.numbers
    guard raw >= 0, raw <= numbers.upperBound else { return nil }
    let number = Int(raw * source.times + source.plus)
    return numbers.contains(number) ? number : nil
  }
}
