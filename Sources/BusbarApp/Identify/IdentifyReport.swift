package import BMSDialects
import BatteryModel
import CANFrames
import DBC

/// What `busbar identify` says to people.
package enum IdentifyReport {
  package static func text(_ findings: BusFindings) -> String {
    var lines: [(title: String, texts: [String])] = []
    let verdict = findings.verdict
    let best = verdict.best
    lines.append(("heard", [heard(findings.census)]))
    if let best { lines.append(("product", [product(best)])) }
    lines.append(
      ("because", (best ?? verdict.candidates.first)?.reasons.prefix(6).map(reason) ?? []))
    lines.append(("or else", alternatives(findings)))
    if best != nil { lines.append(("inverter", [conversation(findings)])) }
    lines.append(("also there", otherTraffic(findings.census)))
    lines.append(("unknown", findings.unknown.prefix(12).map(entry)))
    lines.append(("next", advice(findings)))
    return headline(findings) + "\n"
      + lines.flatMap { line in
        line.texts.filter { !$0.isEmpty }.enumerated().map { index, text in
          "  " + ColumnText.left(index == 0 ? line.title : "", 12) + text + "\n"
        }
      }.joined()
  }

  private static func headline(_ findings: BusFindings) -> String {
    if findings.census.frameCount == 0 { return "Nothing was heard." }
    guard let best = findings.verdict.best, let dialect = best.dialect else {
      let other = findings.census.otherTraffic.first
      let name = other.map { ": this is \($0.kind.rawValue)" } ?? ""
      let sure = percent(findings.verdict.candidates.first?.probability ?? 0)
      return "No battery of the Victron, SMA or Pylontech family\(name) (\(sure) sure)."
    }
    let firmware = best.product[.firmware].map { " \($0)" } ?? ""
    let product = dialect.productName(best.product).map { "\($0), firmware\(firmware): " } ?? ""
    return product
      + "\(dialect.title) (dialect \(dialect.name)), \(percent(best.probability)) sure."
  }

  /// A probability as people read it; certainty is never claimed.
  static func percent(_ probability: Double) -> String {
    "\(min(99, max(0, Int((probability * 100).rounded())))) %"
  }

  private static func heard(_ census: BusCensus) -> String {
    let time = census.duration.map { " in \(seconds($0))" } ?? ", without times"
    let errors = census.errorFrameCount == 0 ? "" : ", \(census.errorFrameCount) error frames"
    return "\(census.frameCount) frames of \(census.entries.count) identifiers\(time)\(errors)"
  }

  private static func product(_ candidate: DialectCandidate) -> String {
    BatteryQuantity.allCases.compactMap { quantity in
      candidate.product[quantity].map { "\(quantity.details.titleInSentence) \($0)" }
    }.joined(separator: ", ")
  }

  private static func reason(_ reason: DialectReason) -> String {
    (reason.speaksFor ? "+ " : "- ") + reason.text
  }

  private static func alternatives(_ findings: BusFindings) -> [String] {
    let others = findings.verdict.candidates.dropFirst(findings.verdict.best == nil ? 0 : 1)
      .filter { $0.dialect != nil && $0.probability >= 0.005 }
    return others.prefix(3).map { candidate in
      let name = candidate.dialect?.name ?? ""
      let difference = findings.difference(to: candidate).prefix(4).joined(separator: "; ")
      return "\(name), \(percent(candidate.probability))"
        + (difference.isEmpty ? "" : ": " + difference)
    }
  }

  private static func conversation(_ findings: BusFindings) -> String {
    guard !findings.keepers.isEmpty else {
      return "nobody sends 0x305, 0x306 or 0x307: no inverter keeps the conversation alive"
    }
    return findings.keepers.map { entry($0.entry) }.joined(separator: ", ")
  }

  private static func otherTraffic(_ census: BusCensus) -> [String] {
    census.otherTraffic.map { "\($0.kind.rawValue): \($0.identifiers) identifiers" }
  }

  private static func entry(_ entry: BusCensus.Entry) -> String {
    let lengths = (0...8).filter { entry.lengths & 1 << UInt16($0) != 0 }.map(String.init)
    return "0x\(entry.identifier) (\(lengths.joined(separator: " or ")) bytes, "
      + (entry.period.map { "every \(seconds($0))" } ?? "\(entry.count) times") + ")"
  }

  private static func seconds(_ nanoseconds: Int64) -> String {
    FixedDecimal(scaled: nanoseconds / 1_000_000, decimals: 3).description + " s"
  }

  private static func advice(_ findings: BusFindings) -> [String] {
    guard findings.census.frameCount > 0 else {
      return [
        "check that the interface is up with the battery's bit rate (250 or 500 kbit/s),",
        "that CAN high and CAN low are not swapped, and that the battery is awake",
      ]
    }
    guard let best = findings.verdict.best, let dialect = best.dialect else { return [] }
    if dialect.plan.signals.isEmpty {
      return (dialect.file.comment ?? "").split(separator: "\n").map(String.init)
    }
    if best.probability < 0.9 { return ["listen longer: --seconds 60"] }
    return ["busbar decode --dialect \(dialect.name) ..."]
  }
}
