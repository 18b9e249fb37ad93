package import BMSDialects
import BatteryModel
package import CANFrames
import DBC

/// A table for people: one row for each complete round of the BMS, and what changes in words.
///
/// Columns and their short names are the field's own. A file without quantities is written frame
/// by frame instead.
package struct TextOutput: DecodeOutput {
  package let needsLookAhead = true
  package let canBeginAgain = true

  private struct Column {
    var title: String
    var quantity: BatteryQuantity
    var width: Int
  }

  private static let columns = [
    Column(title: "CVL", quantity: .chargeVoltageLimit, width: 6),
    Column(title: "CCL", quantity: .chargeCurrentLimit, width: 7),
    Column(title: "DCL", quantity: .dischargeCurrentLimit, width: 7),
    Column(title: "DVL", quantity: .dischargeVoltageLimit, width: 6),
    Column(title: "SOC", quantity: .stateOfCharge, width: 7),
    Column(title: "SOH", quantity: .stateOfHealth, width: 5),
    Column(title: "V", quantity: .voltage, width: 7),
    Column(title: "A", quantity: .current, width: 8),
    Column(title: "degC", quantity: .temperature, width: 6),
    Column(title: "min cell", quantity: .cellVoltageMin, width: 9),
    Column(title: "max cell", quantity: .cellVoltageMax, width: 9),
    Column(title: "min degC", quantity: .cellTemperatureMin, width: 9),
    Column(title: "max degC", quantity: .cellTemperatureMax, width: 9),
    Column(title: "capacity", quantity: .capacityInstalled, width: 9),
    Column(title: "remaining", quantity: .capacityRemaining, width: 10),
  ]
  private static let timeWidth = 24
  private static let countWidth = 8

  private var words = ChangesInWords()
  private var values: [BatteryQuantity: DecodedValue] = [:]
  private var tracker = CycleTracker(expecting: [])
  private var isTable = true
  private var count = 0
  private var last: CANFrame?

  package init() {}

  package mutating func begin(
    _ dialect: Dialect?, expecting identifiers: [CANIdentifier], to text: inout [UInt8]
  ) {
    end(to: &text)
    words = ChangesInWords()
    isTable = dialect?.describesBattery ?? false
    guard let dialect, isTable else { return }
    let shown = Set(Self.columns.map(\.quantity))
    tracker = CycleTracker(
      expecting: identifiers.filter { identifier in
        guard let index = dialect.plan.messageIndex(for: identifier) else { return false }
        return dialect.plan.messages[index].signals.contains {
          !shown.isDisjoint(with: dialect.signals[$0].possibleQuantities)
        }
      })
    var title = ColumnText.left("time", Self.timeWidth) + ColumnText.right("count", Self.countWidth)
    var units = ColumnText.left("", Self.timeWidth) + ColumnText.right("", Self.countWidth)
    for column in Self.columns {
      title += ColumnText.right(column.title, column.width)
      units += ColumnText.right(column.quantity.details.unit, column.width)
    }
    text.append(contentsOf: (title + "\n" + units + "\n").utf8)
  }

  package mutating func write(_ decoded: DecodedFrame, to text: inout [UInt8]) {
    guard isTable else {
      FrameLine.append(decoded, to: &text)
      return
    }
    guard decoded.message != nil else { return }
    count += 1
    last = decoded.frame
    var hasColumn = false
    for field in decoded.fields {
      guard let quantity = field.quantity else { continue }
      words.take(quantity, field)
      guard Self.columns.contains(where: { $0.quantity == quantity }) else { continue }
      values[quantity] = field.value
      hasColumn = true
    }
    if hasColumn, tracker.isComplete(by: decoded.frame.identifier) { writeRow(to: &text) }
  }

  package mutating func end(to text: inout [UInt8]) {
    guard isTable else { return }
    if !values.isEmpty || words.hasNews { writeRow(to: &text) }
  }

  private mutating func writeRow(to text: inout [UInt8]) {
    guard let last else { return }
    if !values.isEmpty {
      let time = ColumnText.time(of: last)
      var line = ColumnText.left(time.isEmpty ? "-" : time, Self.timeWidth)
      line += ColumnText.right(String(count), Self.countWidth)
      for column in Self.columns {
        let value = values[column.quantity].map(ColumnText.text) ?? ""
        line += ColumnText.right(value.isEmpty ? "-" : value, column.width)
      }
      text.append(contentsOf: (line + "\n").utf8)
    }
    words.writeNews(to: &text)
    values.removeAll(keepingCapacity: true)
  }
}
