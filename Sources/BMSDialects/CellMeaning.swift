public import BatteryModel

/// Which cell a signal is of, and what it tells of it.
///
/// `BusbarQuantity` says what (`cell_voltage`, `cell_temperature`) and `BusbarCell` of which cell:
///
///     7                a signal of its own for each cell, also below a multiplexor
///     CellNumber       the signal of that name in the same message holds the number
///     Module*4+1       computed from such a signal: times, then plus
public struct CellMeaning: Hashable, Sendable {
  /// Where the number of the cell comes from; cells are counted from 1.
  public enum Number: Hashable, Sendable {
    case fixed(Int)
    /// The raw value of the signal in a slot of the plan, times a factor, plus an offset.
    case told(slot: Int, times: Int, plus: Int)
  }

  public let quantity: CellQuantity
  public let number: Number

  /// What cells are ordered by.
  var place: Int { if case .fixed(let cell) = number { cell } else { .max } }

  /// Whether the signal is always of the same cell.
  public var isFixed: Bool { if case .fixed = number { true } else { false } }

  /// How users see the values, such as `cell_voltage_7`; `cell_voltage_N` where frames tell the number.
  public var name: String {
    switch number {
    case .fixed(let cell): quantity.name(ofCell: cell)
    case .told: "\(quantity.name)_N"
    }
  }

  /// What `BusbarCell` can say wrong.
  enum Fault: Error {
    case malformed
    case unknownSignal(String)
  }

  /// Reads the attribute.
  ///
  /// - Parameters:
  ///   - quantity: What the signal tells of the cell.
  ///   - text: The text of `BusbarCell`.
  ///   - slot: The place in the plan of a signal of the same message.
  /// - Throws: ``Fault`` if it says neither a cell nor a signal.
  init(_ quantity: CellQuantity, of text: String, slot: (String) -> Int?) throws(Fault) {
    self.quantity = quantity
    if let number = Int(text) {
      guard CellReadings.numbers.contains(number) else { throw .malformed }
      self.number = .fixed(number)
      return
    }
    let sum = text.split(separator: "+", omittingEmptySubsequences: false)
    let product = sum[0].split(separator: "*", omittingEmptySubsequences: false)
    let plus = sum.count > 1 ? Self.number(sum[1]) : 0
    let times = product.count > 1 ? Self.number(product[1]) : 1
    guard sum.count <= 2, product.count <= 2, !product[0].isEmpty, let plus, let times, times > 0
    else { throw .malformed }
    guard let slot = slot(String(product[0])) else { throw .unknownSignal(String(product[0])) }
    number = .told(slot: slot, times: times, plus: plus)
  }

  /// A factor or an offset: no pack has more cells than the largest of them.
  private static func number(_ text: Substring) -> Int? {
    Int(text).flatMap { (0...CellReadings.numbers.upperBound).contains($0) ? $0 : nil }
  }
}

extension CellQuantity {
  /// How users see the value of one cell, such as `cell_voltage_7`.
  func name(ofCell cell: Int) -> String { "\(name)_\(cell)" }
}

extension SignalMeaning {
  /// The name of what the signal tells, of the whole battery or of a cell; `nil` if it is neither.
  public var quantityName: String? { quantity?.rawValue ?? cell?.name }

  /// The unit in which the catalogue wants it; `nil` if it is no quantity.
  public var quantityUnit: String? { quantity?.details.unit ?? cell?.quantity.unit }
}
