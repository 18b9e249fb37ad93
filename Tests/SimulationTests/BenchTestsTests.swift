import BMSDialects
import Foundation
import Simulation
import Testing

@Suite("The bench tests of a real REC Q")
struct BenchTestsTests {
  /// Figures that the simulation does not reproduce, each with its reason in the table.
  static let exceptions: Set<String> = ["6 status 0A: after 'alarm clears'"]

  @Test("every figure that was measured is reproduced, but for those that are named")
  func agreement() throws {
    let dialect = try #require(DialectAtlas.dialect(named: "rec"))
    let findings = BenchTests.findings(dialect)
    #expect(findings.count > 150)
    let differing = findings.filter { !$0.agrees }
    #expect(Set(differing.map { "\($0.test) \($0.what)" }) == Self.exceptions)
    #expect(differing.allSatisfy { !$0.reason.isEmpty })
  }

  @Test("the document holds the table as it is now; renew it with: busbar simulate --bench-tests")
  func freshness() throws {
    let dialect = try #require(DialectAtlas.dialect(named: "rec"))
    let file = URL(filePath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "docs/simulation.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains(BenchTable.text(BenchTests.findings(dialect))))
  }
}
