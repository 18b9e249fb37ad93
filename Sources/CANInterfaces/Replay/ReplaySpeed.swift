/// How fast a log is replayed.
package enum ReplaySpeed: Hashable, Sendable, CustomStringConvertible {
  /// So many times as fast as it was recorded; make one with ``times(_:)``.
  case factor(Double)
  /// As fast as its reader can.
  case unlimited

  /// With the pauses that were recorded.
  package static let asRecorded = Self.factor(1)

  package var description: String {
    switch self {
    case .unlimited: "max"
    case .factor(let factor): factor == factor.rounded() ? "\(Int64(factor))" : "\(factor)"
    }
  }

  /// A speed as people write it: `max`, or a number such as `1` or `2.5`; `nil` for anything else.
  package init?(_ word: String) {
    if word == "max" {
      self = .unlimited
    } else if let factor = Double(word), let speed = Self.times(factor) {
      self = speed
    } else {
      return nil
    }
  }

  /// A speed from outside input: a thousandth to a million times; `nil` beyond that.
  package static func times(_ factor: Double) -> Self? {
    (0.001...1_000_000).contains(factor) ? .factor(factor) : nil
  }
}
