import Foundation
import Testing

@Suite("The document about Signal K")
struct SignalKDocumentTests {
  private static let document = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "docs/signalk.md")

  @Test("has the tables that are made from the catalogue")
  func isFresh() throws {
    let text = try String(contentsOf: Self.document, encoding: .utf8)
    let reference = try SignalKReference()
    let fresh = try Self.fill(
      "notifications", of: Self.fill("paths", of: text, with: reference.paths),
      with: reference.notifications)
    guard text != fresh else { return }
    if ProcessInfo.processInfo.environment["BUSBAR_RECORD"] == "1" {
      try fresh.write(to: Self.document, atomically: true, encoding: .utf8)
    }
    Issue.record(
      "docs/signalk.md is old; run: BUSBAR_RECORD=1 swift test --filter SignalKDocumentTests")
  }

  /// The text with other lines between two marks.
  private static func fill(_ mark: String, of text: String, with lines: String) throws -> String {
    let begin = try #require(text.range(of: "<!-- \(mark) -->\n"))
    let end = try #require(text.range(of: "<!-- end of \(mark) -->"))
    return text.replacingCharacters(in: begin.upperBound..<end.lowerBound, with: lines + "\n")
  }
}
