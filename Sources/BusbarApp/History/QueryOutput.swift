import BMSDialects
import BatteryModel
import CANFrames
package import History

/// Writes the answers of queries that have the same buckets side by side.
package struct QueryOutput: Sendable {
  /// How they are written.
  package enum Format: String, CaseIterable, Sendable {
    /// A row for each bucket, six columns for each series; an empty field where nothing was heard.
    case csv
    /// An object a line for each bucket; `null` where nothing was heard.
    case json
  }

  private let format: Format
  private let names: [String]
  private let answers: [SeriesAnswer]

  /// - Parameters:
  ///   - format: How to write.
  ///   - answers: With their series; all have the same buckets.
  ///   - showsBus: Whether names begin with the bus.
  package init(
    _ format: Format, _ answers: [(series: SeriesName, answer: SeriesAnswer)], showsBus: Bool
  ) {
    self.format = format
    names = answers.map { series, _ in
      showsBus ? "\(series.bus).\(series.quantity.rawValue)" : series.quantity.rawValue
    }
    self.answers = answers.map(\.answer)
  }

  /// The whole text.
  package func text() -> [UInt8] {
    guard let first = answers.first else { return [] }
    var text: [UInt8] = []
    if format == .csv {
      let columns = ["min", "mean", "max", "first", "last", "count"]
      let titles = names.flatMap { name in columns.map { "\(name)_\($0)" } }
      text += (["time"] + titles).joined(separator: ",").utf8
      text.append(UInt8(ascii: "\n"))
    }
    for index in first.buckets.indices {
      let time = UTCTime.text(first.start + Int64(index) * first.width, .milliseconds)
      switch format {
      case .csv: text += (time + rowEnd(index) + "\n").utf8
      case .json: text += "{\"time\":\"\(time)\"\(members(index))}\n".utf8
      }
    }
    return text
  }

  private func rowEnd(_ index: Int) -> String {
    answers.map { answer in
      guard let cell = answer.buckets[index] else { return ",,,,,," }
      return "," + Self.numbers(cell).joined(separator: ",")
    }.joined()
  }

  private func members(_ index: Int) -> String {
    zip(names, answers).map { name, answer in
      guard let cell = answer.buckets[index] else { return ",\"\(name)\":null" }
      let keys = ["min", "mean", "max", "first", "last", "count"]
      let values = zip(keys, Self.numbers(cell)).map { "\"\($0)\":\($1)" }
      return ",\"\(name)\":{\(values.joined(separator: ","))}"
    }.joined()
  }

  private static func numbers(_ cell: SeriesCell) -> [String] {
    [cell.minimum, cell.mean, cell.maximum, cell.first, cell.last].map(number) + ["\(cell.count)"]
  }

  /// At most six decimals, and none that say nothing.
  private static func number(_ value: Double) -> String {
    let rounded = (value * 1e6).rounded() / 1e6
    if rounded == rounded.rounded(), rounded.magnitude < 1e15 { return "\(Int64(rounded))" }
    return "\(rounded)"
  }
}
