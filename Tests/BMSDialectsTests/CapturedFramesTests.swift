import BMSDialects
import BatteryModel
import BusbarTestSupport
import CANFrames
import DBC
import Foundation
import Testing

@Suite("Frames that others captured")
struct CapturedFramesTests {
  /// A row of `Fixtures/frames.csv`: a frame, and what it means in its dialect.
  struct Row: Sendable, CustomTestStringConvertible {
    var number: String
    var dialect: String
    var frame: String
    var values: String
    var note: String
    var testDescription: String { "\(number): \(dialect) \(frame)" }
  }

  @Test("decode as their owners read them", arguments: try rows())
  func decodes(_ row: Row) throws {
    let dialect = try #require(DialectAtlas.dialect(named: row.dialect))
    var decoder = DialectDecoder(dialect)
    var fields: [DecodedField] = []
    if row.note.contains("serial=1Q-1845") {
      _ = decoder.decode(try Self.frame("380#31512D3138343500"), into: &fields)
    }
    let message = decoder.decode(try Self.frame(row.frame), into: &fields)
    #expect((message == nil) == row.values.isEmpty)
    guard message != nil else { return }
    #expect("{" + fields.map(\.jsonText).joined(separator: ",") + "}" == row.values)
  }

  /// A frame in the notation of `cansend`.
  static func frame(_ text: String) throws -> CANFrame {
    try #require(ReadLog(candump: text).frames.first)
  }

  static func rows() throws -> [Row] {
    let url = try #require(
      Bundle.module.url(forResource: "frames", withExtension: "csv", subdirectory: "Fixtures"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst().map {
      let columns = fields(of: $0)
      return Row(
        number: columns[0], dialect: columns[1], frame: "\(columns[2])#\(columns[3])",
        values: columns[4], note: columns[6])
    }
  }

  /// The columns of a line of CSV; a doubled quote inside quotes stands for one.
  private static func fields(of line: Substring) -> [String] {
    var fields: [String] = []
    var rest = line
    while true {
      if rest.first == "\"" {
        let parts = rest.dropFirst().replacing("\"\"", with: "\0").split(
          separator: "\"", maxSplits: 1, omittingEmptySubsequences: false)
        fields.append(String(parts[0].replacing("\0", with: "\"")))
        rest = Substring(parts[1].replacing("\0", with: "\"\""))
      } else {
        fields.append(String(rest.prefix { $0 != "," }))
        rest = rest.drop { $0 != "," }
      }
      guard rest.first == "," else { return fields }
      rest = rest.dropFirst()
    }
  }
}

extension DecodedField {
  /// The field as an entry of a JSON object.
  var jsonText: String {
    let text =
      switch value {
      case .number(let number): number.description
      case .real(let number): "\(number)"
      case .text(let text): "\"\(text)\""
      case .flag(let flag): "\(flag)"
      case .alarm(let state): "\"\(state.rawValue)\""
      case .notAvailable: "null"
      }
    return "\"\(key)\":\(text)"
  }
}
