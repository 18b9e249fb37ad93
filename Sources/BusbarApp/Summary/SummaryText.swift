import BMSDialects
import DBC

/// A summary as a table for people.
enum SummaryText {
  private static let keyWidth = 34
  private static let unitWidth = 6
  private static let numberWidth = 12

  /// A table for each bus, below its name if there are several.
  static func text(_ summaries: BusSummaries) -> String {
    let hasSeveral = summaries.entries.count > 1
    return summaries.entries.map { entry in
      (hasSeveral ? "\(entry.bus ?? "-")\n" : "") + text(entry.summary)
    }.joined(separator: "\n")
  }

  private static func text(_ summary: DialectSummary) -> String {
    var text = line("quantity", "unit", ["count", "min", "mean", "max", "first", "last"])
    for row in summary.rows {
      switch row.content {
      case .numbers(let minimum, let mean, let maximum, let first, let last, let decimals):
        let numbers = [minimum, mean, maximum, first, last].enumerated().map { index, number in
          // A mean is finer than what it is the mean of.
          number.text(decimals: index == 1 ? decimals + 2 : decimals)
        }
        text += line(row.key, row.unit, ["\(row.count)"] + numbers)
      case .states(let raised, let first, let last):
        text += line(
          row.key, row.unit, ["\(row.count)", "-", "\(raised) active", "-", first, last])
      case .texts(let first, let last):
        text += line(row.key, row.unit, ["\(row.count)", "-", "-", "-", first, last])
      }
    }
    return text + "\(summary.frameCount) frames, \(summary.decodedCount) of them decoded\n"
  }

  private static func line(_ key: String, _ unit: String, _ columns: [String]) -> String {
    ColumnText.left(key, keyWidth) + ColumnText.left(unit, unitWidth)
      + columns.map { ColumnText.right($0, numberWidth) }.joined() + "\n"
  }
}

extension Double {
  /// The number with a fixed count of decimals, rounded.
  fileprivate func text(decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<min(decimals, 15) { scale *= 10 }
    guard let scaled = Int64(exactly: (self * scale).rounded()) else { return "\(self)" }
    return FixedDecimal(scaled: scaled, decimals: min(decimals, 15)).description
  }
}
