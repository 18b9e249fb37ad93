package import BMSDialects
import BatteryModel
import Foundation

/// What `busbar identify --json` prints.
package struct IdentifyJSON: Encodable {
  struct Candidate: Encodable {
    var dialect: String?
    var title: String?
    var probability: Double
    var reasons: [String]
    var differences: [String]
  }

  struct Identifier: Encodable {
    var id: String
    var frames: Int
    var lengths: [Int]
    var periodSeconds: Double?
  }

  /// The name of the bus, if its source has one.
  var bus: String?
  var dialect: String?
  var title: String?
  /// The product's name, such as `REC Q`.
  var productName: String?
  var probability: Double
  var frames: Int
  var errorFrames: Int
  var seconds: Double?
  var product: [String: String]
  var candidates: [Candidate]
  var inverter: [Identifier]
  var otherTraffic: [String: Int]
  var unknown: [Identifier]

  package init(_ findings: BusFindings, bus: String?) {
    self.bus = bus
    let best = findings.verdict.best
    dialect = best?.dialect?.name
    title = best?.dialect?.title
    productName = best.flatMap { $0.dialect?.productName($0.product) }
    probability = Self.rounded((best ?? findings.verdict.candidates.first)?.probability ?? 0)
    frames = findings.census.frameCount
    errorFrames = findings.census.errorFrameCount
    seconds = findings.census.duration.map { Double($0 / 1_000_000) / 1000 }
    product = Dictionary(
      uniqueKeysWithValues: (best?.product ?? [:]).map { ($0.key.rawValue, $0.value) })
    candidates = findings.verdict.candidates.prefix(4).map { candidate in
      Candidate(
        dialect: candidate.dialect?.name, title: candidate.dialect?.title,
        probability: Self.rounded(candidate.probability),
        reasons: candidate.reasons.prefix(8).map(\.text),
        differences: findings.difference(to: candidate))
    }
    inverter = findings.keepers.map { Self.identifier($0.entry) }
    otherTraffic = Dictionary(
      uniqueKeysWithValues: findings.census.otherTraffic.map { ($0.kind.rawValue, $0.identifiers) })
    unknown = findings.unknown.map(Self.identifier)
  }

  /// One line of JSON.
  package func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  private static func identifier(_ entry: BusCensus.Entry) -> Identifier {
    Identifier(
      id: "\(entry.identifier)", frames: entry.count,
      lengths: (0...8).filter { entry.lengths & 1 << UInt16($0) != 0 },
      periodSeconds: entry.period.map { Double($0 / 1_000_000) / 1000 })
  }

  private static func rounded(_ probability: Double) -> Double {
    (min(probability, 0.9999) * 10_000).rounded() / 10_000
  }
}
