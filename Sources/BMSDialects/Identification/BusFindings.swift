import BatteryModel
public import CANFrames
import DBC

/// Everything that a look at a bus found, ready to be told.
public struct BusFindings: Sendable {
  /// What the other side of the conversation sends, by identifier.
  public struct Keeper: Sendable {
    public let identifier: CANIdentifier
    public let entry: BusCensus.Entry
  }

  public let census: BusCensus
  public let verdict: BusVerdict
  /// Who keeps the conversation with the battery alive: 0x305, 0x306, 0x307.
  public let keepers: [Keeper]
  /// Identifiers that the best dialect does not describe and that are of no other known traffic.
  public let unknown: [BusCensus.Entry]

  /// Judges what was seen.
  public init(_ census: BusCensus, atlas: [Dialect] = DialectAtlas.dialects) {
    self.census = census
    verdict = BusVerdict(census, atlas: atlas)
    let plan = verdict.best?.dialect?.plan
    keepers = (0x305...0x307).compactMap { number in
      let identifier = CANIdentifier.standard(UInt16(number))
      return census.entry(for: identifier).map { Keeper(identifier: identifier, entry: $0) }
    }
    unknown = census.entries.filter { entry in
      plan?.messageIndex(for: entry.identifier) == nil && OtherTraffic(entry.identifier) == nil
        && !(0x305...0x307).contains(entry.identifier.number)
    }
  }

  /// What would tell the best candidate from another one: messages that only one of them has.
  public func difference(to other: DialectCandidate) -> [String] {
    guard let best = verdict.best?.dialect, let dialect = other.dialect else { return [] }
    return Self.messages(of: best, not: dialect, census)
      .map { "0x\($0) would speak for \(best.name)" }
      + Self.messages(of: dialect, not: best, census)
      .map { "0x\($0) would speak for \(dialect.name)" }
      + Self.names(of: dialect).map { "\($0) would speak for \(dialect.name)" }
  }

  private static func messages(
    of dialect: Dialect, not other: Dialect, _ census: BusCensus
  ) -> [CANIdentifier] {
    let own = dialect.plan.messages.enumerated().filter { index, message in
      dialect.messages[index].direction == .battery && dialect.messages[index].presence != .optional
        && other.plan.messageIndex(for: message.identifier) == nil
        && census.entry(for: message.identifier) == nil
    }
    return own.prefix(3).map(\.element.identifier)
  }

  private static func names(of dialect: Dialect) -> [String] {
    dialect.identity.prefix(2).map { "\($0.quantity.details.titleInSentence) '\($0.pattern)'" }
  }
}
