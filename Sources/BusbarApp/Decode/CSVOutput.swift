package import BMSDialects
import BatteryModel
package import CANFrames
import DBC

/// Comma-separated values: one row for each complete round of the BMS.
///
/// The columns are time, bus, and every quantity that the dialect can carry, with its unit, then
/// every cell that has a signal of its own; a dialect without quantities has a column for each signal.
package struct CSVOutput: DecodeOutput {
  package let needsLookAhead = true
  /// The columns are those of the first line.
  package let canBeginAgain = false

  private var columns: [String: Int] = [:]
  private var row: [String] = []
  private var tracker = CycleTracker(expecting: [])
  private var hasValues = false
  private var last: DecodedFrame?

  private let hasHead: Bool

  /// - Parameter hasHead: Whether the titles of the columns come first, as in all but the later ones
  ///   of several outputs of one dialect.
  package init(hasHead: Bool = true) { self.hasHead = hasHead }

  package mutating func begin(
    _ dialect: Dialect?, expecting identifiers: [CANIdentifier], to text: inout [UInt8]
  ) {
    var titles = ["time", "bus"]
    for (key, unit) in Self.columns(of: dialect) {
      columns[key] = titles.count
      titles.append(unit.isEmpty ? key : "\(key) [\(unit)]")
    }
    row = titles
    if hasHead { writeRow(to: &text) } else { clearRow() }
    let known = identifiers.filter { dialect?.plan.messageIndex(for: $0) != nil }
    tracker = CycleTracker(expecting: known)
  }

  package mutating func write(_ decoded: DecodedFrame, to text: inout [UInt8]) {
    guard let message = decoded.message else { return }
    for field in decoded.fields {
      guard let column = columns[field.key] ?? columns["\(message.name).\(field.key)"] else {
        continue
      }
      row[column] = ColumnText.text(field.value)
      hasValues = true
    }
    last = decoded
    if tracker.isComplete(by: decoded.frame.identifier) { writeLast(to: &text) }
  }

  package mutating func end(to text: inout [UInt8]) {
    if hasValues { writeLast(to: &text) }
  }

  private mutating func writeLast(to text: inout [UInt8]) {
    guard hasValues, let last else { return }
    row[0] = ColumnText.time(of: last.frame)
    row[1] = last.bus ?? ""
    writeRow(to: &text)
    hasValues = false
  }

  private mutating func writeRow(to text: inout [UInt8]) {
    text.append(contentsOf: row.map(Self.quoted).joined(separator: ",").utf8)
    text.append(UInt8(ascii: "\n"))
    clearRow()
  }

  private mutating func clearRow() { row = [String](repeating: "", count: row.count) }

  private static func columns(of dialect: Dialect?) -> [(key: String, unit: String)] {
    guard let dialect else { return [] }
    if dialect.describesBattery {
      return dialect.quantities.map { ($0.rawValue, $0.details.unit) }
        + dialect.cells.map { ($0.name, $0.quantity.unit) }
    }
    return dialect.plan.messages.flatMap { message in
      message.signals.map { slot in
        let signal = dialect.plan.signals[slot]
        return ("\(message.name).\(signal.name)", signal.unit)
      }
    }
  }

  /// A field in quotes where RFC 4180 asks for them.
  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
