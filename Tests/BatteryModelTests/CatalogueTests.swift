import BatteryModel
import Testing

@Suite("The catalogue")
struct CatalogueTests {
  @Test(
    "every quantity has a title, a description and outputs", arguments: BatteryQuantity.allCases)
  func isComplete(quantity: BatteryQuantity) {
    let details = quantity.details
    #expect(!details.title.isEmpty)
    #expect(details.description.hasSuffix("."))
    #expect(quantity.rawValue.allSatisfy { $0.isLowercase || $0 == "_" })
    #expect((details.kind == .alarm) == (quantity.isAlarm || quantity.isWarning))
  }

  @Test("a quantity's number is its place among all")
  func isNumbered() {
    #expect(BatteryQuantity.allCases.map(\.number) == Array(BatteryQuantity.allCases.indices))
  }

  @Test("no two quantities share a Signal K path or a metric")
  func isUnambiguous() {
    let paths = BatteryQuantity.allCases.compactMap(\.details.signalK?.path)
    #expect(Set(paths).count == paths.count)
    let metrics = BatteryQuantity.allCases.compactMap(\.details.prometheusName)
    #expect(Set(metrics).count == metrics.count)
  }

  @Test(
    "finds what was meant",
    arguments: [("voltag", "voltage"), ("Curent", "current"), ("banana", nil), ("", nil)])
  func spelling(word: String, meant: String?) {
    #expect(
      Spelling.nearest(to: word, among: BatteryQuantity.allCases.map(\.rawValue)) == meant)
  }
}
