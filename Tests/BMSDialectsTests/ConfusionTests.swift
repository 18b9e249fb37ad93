import BMSDialects
import DBC
import Foundation
import Testing

@Suite("No confident verdict is wrong")
struct ConfusionTests {
  /// What the verdicts on many buses of one dialect were.
  struct Row {
    var dialect: String
    var right = 0
    var rightUnsure = 0
    var wrongUnsure: [String: Int] = [:]
    var wrongConfident: [String: Int] = [:]
  }

  static let busesPerDialect = 60
  static let confident = 0.9

  @Test("on synthesised buses of every dialect, whole and in part")
  func confusion() throws {
    let rows = try Self.rows()
    for row in rows { #expect(row.wrongConfident.isEmpty, "\(row.dialect): \(row.wrongConfident)") }
    let right = rows.map(\.right).reduce(0, +)
    #expect(right * 100 >= rows.count * Self.busesPerDialect * 60, "\(right) confident and right")
    let table = Self.table(rows)
    let file = Self.document
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try Self.record(table, in: file)
      Issue.record("recorded; run again without RECORD_SNAPSHOTS")
    } else {
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text.contains(table), "RECORD_SNAPSHOTS=1 swift test --filter ConfusionTests")
    }
  }

  static func rows() throws -> [Row] {
    let dialects = DialectAtlas.dialects.filter { !["inverter", "sunny-island"].contains($0.name) }
    return (dialects.map { Optional($0) } + [nil]).enumerated().map { index, dialect in
      var row = Row(dialect: dialect?.name ?? "no battery")
      for number in 0..<busesPerDialect {
        let bus = SynthesisedBus(dialect, seed: UInt64(index * 1000 + number))
        let verdict = BusVerdict(bus.census)
        let name = verdict.candidates.first?.dialect?.name ?? "no battery"
        let isConfident = (verdict.candidates.first?.probability ?? 0) > confident
        switch (name == row.dialect, isConfident) {
        case (true, true): row.right += 1
        case (true, false): row.rightUnsure += 1
        case (false, false): row.wrongUnsure[name, default: 0] += 1
        case (false, true): row.wrongConfident[name, default: 0] += 1
        }
      }
      return row
    }
  }

  static func table(_ rows: [Row]) -> String {
    var text = """
      | Bus | Right, over 90 % | Right, less sure | Wrong, less sure | Wrong, over 90 % |
      | --- | --- | --- | --- | --- |

      """
    for row in rows {
      let wrong = row.wrongUnsure.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      text += "| \(row.dialect) | \(row.right) | \(row.rightUnsure) | "
      text += wrong.joined(separator: ", ") + " | "
      text += row.wrongConfident.map { "\($0.value) \($0.key)" }.joined(separator: ", ") + " |\n"
    }
    return text
  }

  private static let document = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "docs/identification.md")

  /// Puts the table in the place of the last one, behind its mark.
  private static func record(_ table: String, in file: URL) throws {
    let mark = "<!-- confusion table -->\n"
    let text = try String(contentsOf: file, encoding: .utf8)
    guard let place = text.firstRange(of: mark) else { return }
    let rest = text[place.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
      .drop { $0.hasPrefix("|") }
    let parts = [String(text[..<place.upperBound]) + table + rest.joined(separator: "\n")]
    try parts.joined().write(to: file, atomically: true, encoding: .utf8)
  }
}
