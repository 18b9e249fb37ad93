public import BatteryModel
import CANFrames
import DBC
import Glibc

/// How well one dialect explains what was seen on a bus.
public struct DialectCandidate: Sendable {
  /// The dialect, or `nil` for "no battery of this family".
  public let dialect: Dialect?
  /// From 0 to 1; those of all candidates add up to 1.
  public internal(set) var probability: Double = 0
  /// What speaks for and against it, the weightiest first.
  public let reasons: [DialectReason]
  /// What the product says about itself, read with this dialect.
  public let product: [BatteryQuantity: String]

  /// The sum of the reasons' weights: the logarithm of the likelihood.
  var weight: Double { reasons.reduce(0) { $0 + $1.weight } }
}

/// One reason for or against a dialect.
public struct DialectReason: Sendable {
  /// The reason in words, such as `0x35E says 'REC-BMS'`.
  public let text: String
  /// Whether it makes the dialect more credible.
  public let speaksFor: Bool
  /// The logarithm of its likelihood, 0 or less: the farther from 0, the less the dialect explains.
  let weight: Double
}

/// What is on a bus: every candidate with its probability, the best first.
public struct BusVerdict: Sendable {
  public let candidates: [DialectCandidate]

  /// The most probable dialect, unless it is more probable that there is none.
  public var best: DialectCandidate? {
    guard let first = candidates.first, first.dialect != nil else { return nil }
    return first
  }

  /// Weighs every dialect of `atlas` against what `census` saw.
  public init(_ census: BusCensus, atlas: [Dialect] = DialectAtlas.dialects) {
    // A dialect of which nothing was heard, or only the other side, cannot be the battery's.
    var candidates = atlas.filter { $0.isHeard(in: census) }
      .map { DialectEvidence(census, $0).candidate() }
    candidates += DialectEvidence.noBattery(census)
    let heaviest = candidates.map(\.weight).max() ?? 0
    let total = candidates.reduce(0) { $0 + exp($1.weight - heaviest) }
    for index in candidates.indices {
      candidates[index].probability = exp(candidates[index].weight - heaviest) / total
    }
    self.candidates = candidates.sorted { $0.probability > $1.probability }
  }
}

extension Dialect {
  /// Whether the battery's side of the dialect was heard.
  fileprivate func isHeard(in census: BusCensus) -> Bool {
    plan.messages.indices.contains { index in
      messages[index].direction == .battery
        && census.entry(for: plan.messages[index].identifier) != nil
    }
  }
}
