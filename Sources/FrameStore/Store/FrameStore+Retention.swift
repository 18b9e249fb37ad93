import GRDB

extension FrameStore {
  /// Marks a time range whose blocks retention does not delete, such as the minutes around an alarm.
  ///
  /// - Parameters:
  ///   - times: In nanoseconds since 1970; what is recorded later is kept as well.
  ///   - reason: For people.
  /// - Throws: If the store cannot be written.
  package func keep(_ times: ClosedRange<Int64>, reason: String) throws(StoreError) {
    try write { database in
      try database.execute(
        sql: "INSERT INTO kept(first_time, last_time, reason) VALUES(?, ?, ?)",
        arguments: [times.lowerBound, times.upperBound, reason])
    }
  }

  /// How many bytes of the file are in use.
  func usedBytes(_ database: Database) throws -> Int64 {
    let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
    let free = try Int64.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
    let size = try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0
    return (pages - free) * size
  }

  /// Deletes whole blocks, the oldest first, until the store is as young and as small as asked.
  ///
  /// The file does not shrink: its pages are used again.
  ///
  /// - Returns: How many blocks were deleted.
  @discardableResult
  package func applyRetention(
    _ retention: StoreRetention, clock: ClockState
  ) throws(StoreError) -> Int {
    let oldest = retention.longestAge.flatMap { clock.isSet ? clock.realtime - $0 : nil }
    guard oldest != nil || retention.mostBytes != nil else { return 0 }
    return try write { database in
      let kept =
        retention.includesKept
        ? ""
        : """
        AND NOT EXISTS(SELECT 1 FROM kept
        WHERE kept.first_time <= block.last_time AND kept.last_time >= block.first_time)
        """
      // The newest block stays: the chain goes on from it.
      let candidates = try Row.fetchCursor(
        database,
        sql: """
          SELECT position, records, frames, first_time, last_time, bytes FROM block
          WHERE position < (SELECT max(position) FROM block) \(kept) ORDER BY position
          """)
      var used = try usedBytes(database)
      var doomed: [(row: Row, reason: String)] = []
      while let row = try candidates.next() {
        let isOld = oldest.map { row["last_time"] < $0 } ?? false
        guard isOld || used > retention.mostBytes ?? Int64.max else { break }
        doomed.append((row.copy(), isOld ? "age" : "size"))
        used -= row["bytes"]
      }
      for (row, reason) in doomed { try remove(row, reason, database) }
      return doomed.count
    }
  }

  private func remove(_ row: Row, _ reason: String, _ database: Database) throws {
    let position: Int64 = row["position"]
    let end: Int64 = position + row["records"]
    try database.execute(
      sql: "DELETE FROM event WHERE position >= ? AND position < ?", arguments: [position, end])
    for table in ["content", "block"] {
      try database.execute(
        sql: "DELETE FROM \(table) WHERE position = ?", arguments: [position])
    }
    // Neighbours of one reason become one row.
    try database.execute(
      sql: """
        UPDATE removal SET records = records + ?, frames = frames + ?,
        first_time = min(first_time, ?), last_time = max(last_time, ?)
        WHERE position = (SELECT max(position) FROM removal WHERE position < ?)
        AND position + records = ? AND reason = ?
        """,
      arguments: [
        row["records"], row["frames"], row["first_time"], row["last_time"], position, position,
        reason,
      ])
    if database.changesCount == 0 {
      try database.execute(
        sql: """
          INSERT INTO removal(position, records, frames, first_time, last_time, reason)
          VALUES(?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          position, row["records"], row["frames"], row["first_time"], row["last_time"], reason,
        ])
    }
  }
}
