public import BatteryModel
public import DBC

/// What one quantity or signal of a frame holds.
public enum DecodedValue: Hashable, Sendable {
  /// A number with the decimals that its scale gives.
  case number(FixedDecimal)
  /// A number without fixed decimals: IEEE 754, or beyond 63 bits.
  case real(Double)
  case text(String)
  case flag(Bool)
  case alarm(AlarmState)
  /// The frame carries the signal, and it holds a not-available code.
  case notAvailable

  /// The number, or `nil` for a value of another kind.
  public var number: Double? {
    switch self {
    case .number(let number): number.doubleValue
    case .real(let number): number
    default: nil
    }
  }

  /// The value as the battery's model keeps it; `nil` if it is not available.
  public var quantityValue: QuantityValue? {
    switch self {
    case .number(let number): .number(number.doubleValue)
    case .real(let number): number.isFinite ? .number(number) : nil
    case .text(let text): text.isEmpty ? nil : .text(text)
    case .flag(let flag): .flag(flag)
    case .alarm(let state): .alarm(state)
    case .notAvailable: nil
    }
  }
}

/// One entry of a decoded frame.
public struct DecodedField: Sendable {
  private let plan: FieldPlan
  /// Which of the plan's signals provided the value, and out of what.
  private let signal: Int
  private let payload: UInt64
  public let value: DecodedValue
  /// The number of the cell that the frame told of; 0 for an entry of the whole battery.
  private let cellNumber: Int

  init(plan: FieldPlan, signal: Int, payload: UInt64, value: DecodedValue, cell: Int) {
    self.plan = plan
    self.signal = signal
    self.payload = payload
    self.value = value
    cellNumber = cell
  }

  /// The quantity's name, with the cell's number if it is of one, or the signal's where it is none.
  public var key: String { cell.map { $0.quantity.name(ofCell: $0.number) } ?? plan.key }
  public var quantity: BatteryQuantity? { plan.quantity }
  /// The single cell that the value is of, counted from 1, and what it is.
  public var cell: (quantity: CellQuantity, number: Int)? {
    plan.cell.map { ($0.quantity, cellNumber) }
  }
  public var unit: String { plan.unit(of: signal) }
  /// 1 or 2 for the parts of a text that is split over two messages, otherwise 0.
  public var part: Int { plan.part }
  /// The word that the file gives for the number, for people.
  public var label: String? { plan.label(of: signal, payload: payload) }
  /// Whether it tells who the battery is.
  public var isIdentity: Bool { plan.isIdentity }
}
