import BMSDialects

/// What is said about a dialect that was found.
enum DialectNotice {
  /// One line, such as `can0: dialect rec (REC BMS, Victron-compatible firmware), 98 % sure; …`.
  static func text(_ verdict: BusVerdict, name: String) -> String {
    guard let best = verdict.best, let dialect = best.dialect else {
      return "\(name): no dialect of a BMS fits these frames; "
        + "--dialect NAME decodes them with one anyway"
    }
    return "\(name): dialect \(dialect.name) (\(dialect.title)), "
      + "\(IdentifyReport.percent(best.probability)) sure; --dialect NAME decides otherwise"
  }
}
