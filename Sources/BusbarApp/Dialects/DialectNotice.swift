import BMSDialects
import CANFrames
import DBC

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

  /// What a dialect's file has that is not decoded, a line each.
  static func tellOmissions(of dialect: Dialect, _ notices: any Notices) {
    for omission in dialect.plan.omissions { notices.tell("\(dialect.file.name): \(omission)") }
    for fault in dialect.file.faults { notices.tell("\(fault); left out") }
    for reference in dialect.file.danglingReferences { notices.tell("\(reference)") }
  }

  /// That the battery speaks another dialect since about `time`, on the source's scale, or one where
  /// none was heard before.
  static func change(
    from old: Dialect?, to new: DialectCandidate, at time: Int64, isFollowed: Bool, name: String
  ) -> String {
    let moment =
      time < CANFrame.firstAbsoluteTime
      ? "\(time / 1_000_000_000) s into the log" : UTCTime.text(time, .seconds)
    let newName = new.dialect.map { "\($0.name) (\($0.title))" } ?? "another dialect"
    guard let old else { return "\(name): since about \(moment) the frames speak \(newName)" }
    return "\(name): since about \(moment) the frames speak \(newName), not \(old.name); "
      + (isFollowed
        ? "decoded so from here on"
        : "still decoded as \(old.name): the columns, or --dialect, are for that one")
  }
}
