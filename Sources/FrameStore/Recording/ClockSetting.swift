import GRDB

/// How the wall clock was set when records came, and what that says about earlier ones.
///
/// A machine without a battery-backed clock begins in the past. What it records then carries wrong
/// dates, but the monotonic clock tells how long before the setting each record came. So once the
/// clock is set, those records are dated anew: the times in the blocks stay as they were stamped,
/// and a number beside each block is added to them.
struct ClockSetting: Hashable {
  /// By how much the wall clock is ahead of the monotonic one, in nanoseconds.
  var offset: Int64
  /// Whether it is known to be right.
  var isSet: Bool

  /// Less is no setting, but the correction that NTP makes all the time; in nanoseconds.
  private static let smallestStep: Int64 = 500_000_000

  /// The setting under which a piece was recorded, `nil` for an imported one.
  init?(_ piece: RecordPiece) {
    guard let offset = piece.clockOffset else { return nil }
    self.offset = offset
    isSet = piece.clockIsSet
  }

  /// Dates what was recorded since this boot, while the clock was not known to be right, by the
  /// clock as it is set now.
  ///
  /// - Parameters:
  ///   - boot: The boot that this setting belongs to; monotonic times mean nothing beyond it.
  ///   - time: What the events are stamped with.
  ///   - database: Within a transaction of the caller's.
  /// - Returns: Events that say what was done.
  /// - Throws: What SQLite throws.
  func redate(boot: String, at time: Int64, _ database: Database) throws -> [StoreEvent] {
    var moved: [Int64: ClosedRange<Int64>] = [:]
    for table in ["block", "tail"] {
      let rows = try BlockRow.fetchAll(
        database,
        sql: """
          SELECT \(BlockRow.columns) FROM \(table) WHERE clock_is_set = 0
          AND clock_offset IS NOT NULL AND run IN (SELECT id FROM run WHERE boot = ?)
          """, arguments: [boot])
      for row in rows {
        let correction = offset &- (row.clockOffset ?? offset)
        let step = correction &- row.correction
        guard step.magnitude > Self.smallestStep else { continue }
        try database.execute(
          sql: """
            UPDATE \(table) SET correction = ?, first_time = first_time + ?,
            last_time = last_time + ? WHERE position = ?
            """, arguments: [correction, step, step, row.position])
        let positions = row.position...max(row.position, row.end - 1)
        let old = moved[step] ?? positions
        moved[step] =
          min(old.lowerBound, positions.lowerBound)...max(old.upperBound, positions.upperBound)
      }
      if isSet {
        try database.execute(
          sql: """
            UPDATE \(table) SET clock_is_set = 1 WHERE clock_is_set = 0
            AND run IN (SELECT id FROM run WHERE boot = ?)
            """, arguments: [boot])
      }
    }
    return moved.sorted { $0.value.lowerBound < $1.value.lowerBound }.map { step, positions in
      StoreEvent(.clockCorrected(nanoseconds: step, positions: positions), time: time)
    }
  }
}
