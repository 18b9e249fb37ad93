/// The table of the bench tests, as Markdown.
package enum BenchTable {
  /// A heading and a table for each test.
  package static func text(_ findings: [BenchFinding]) -> String {
    var lines: [String] = []
    for (index, title) in BenchTests.titles.enumerated() {
      let rows = findings.filter { $0.test == index + 1 }
      lines += ["### Test \(index + 1): \(title)", ""]
      lines += ["| What | Measured | Simulated | Difference | Agrees | Why it differs |"]
      lines += ["| --- | --- | --- | --- | --- | --- |"]
      lines += rows.map(line) + [""]
    }
    let agreeing = findings.filter(\.agrees).count
    lines += [
      "\(agreeing) of \(findings.count) figures agree within 5 mV a cell, 0.5 degC, 1 s, 1 % of a "
        + "current and 0.1 V or 0.1 A of what a frame carries."
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ finding: BenchFinding) -> String {
    let agrees = finding.agrees ? "yes" : "NO"
    if let texts = finding.texts {
      return "| \(finding.what) | \(texts.measured) | \(texts.simulated) | | \(agrees) | "
        + "\(finding.reason) |"
    }
    let decimals = finding.decimals
    let (low, high) = (finding.measured.lowerBound, finding.measured.upperBound)
    let measured =
      low == high
      ? number(low, decimals) : "\(number(low, decimals)) to \(number(high, decimals))"
    let simulated = finding.simulated.map { number($0, decimals) } ?? "never"
    let difference = finding.difference.map { $0 < 5e-5 ? "0" : number($0, decimals) } ?? ""
    let reason = difference == "0" ? "" : finding.reason
    return
      "| \(finding.what) | \(measured) | \(simulated) | \(difference) | \(agrees) | \(reason) |"
  }

  /// A number with a fixed count of decimals.
  static func number(_ value: Double, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int((value.magnitude * scale).rounded())
    let sign = value < 0 && scaled != 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(scaled)" }
    let fraction = String(scaled % Int(scale) + Int(scale)).dropFirst()
    return "\(sign)\(scaled / Int(scale)).\(fraction)"
  }
}

extension BenchFinding {
  fileprivate var decimals: Int {
    switch kind {
    case .voltage: 4
    case .temperature, .current, .limit: 1
    case .delay: 0
    case .exact: simulated == simulated?.rounded() ? 0 : 2
    }
  }
}
