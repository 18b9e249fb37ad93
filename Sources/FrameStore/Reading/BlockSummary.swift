import CANFrames
import GRDB

/// What is known of a block without decompressing it.
package struct BlockSummary: Hashable, Sendable {
  let row: BlockRow
  /// Whether it is final; a block of the tail will be merged with others, under the same positions.
  package let isSealed: Bool

  /// The positions of its records.
  package var positions: Range<Int64> { row.position..<row.end }
  package var frameCount: Int { row.frameCount }
  /// The earliest and the latest time in it, in nanoseconds since 1970.
  package var times: ClosedRange<Int64> { row.firstTime...max(row.firstTime, row.lastTime) }
  /// How many bytes its frames take.
  package var byteCount: Int { row.byteCount }
  /// What tells it from every other block, however often the store is repaired or copied.
  package var checksum: [UInt8] { row.checksum }

  /// Its buses, streams and their numbers of frames; `nil` if it has no frames.
  package func directory() throws(BlockError) -> BlockDirectory? {
    row.frameCount == 0 ? nil : try BlockDirectory(row.directory)
  }
}

extension FrameStore {
  /// The blocks that hold records of a time range, in the order of their positions, the tail's last.
  ///
  /// - Parameters:
  ///   - times: In nanoseconds since 1970; all without it.
  ///   - position: Blocks that end before this are left out.
  /// - Returns: What is known of them without decompressing anything.
  /// - Throws: If the store cannot be read.
  package func blocks(
    in times: ClosedRange<Int64>? = nil, from position: Int64 = 0
  ) throws(StoreError) -> [BlockSummary] {
    try read { database in
      var blocks: [BlockSummary] = []
      for table in ["block", "tail"] {
        var sql = "SELECT \(BlockRow.columns) FROM \(table)"
        var arguments = StatementArguments()
        if position > 0 {
          sql +=
            " WHERE position >= ifnull((SELECT max(position) FROM \(table) WHERE position <= ?), 0)"
          sql += " AND position + records > ?"
          arguments = [position, position]
        }
        if let times {
          // No block is longer than this, so those before need not be looked at.
          let earliest = times.lowerBound.subtractingReportingOverflow(RecordPiece.longestSpan)
          sql += position > 0 ? " AND" : " WHERE"
          sql += " first_time BETWEEN ? AND ? AND last_time >= ?"
          arguments += [
            earliest.overflow ? Int64.min : earliest.partialValue, times.upperBound,
            times.lowerBound,
          ]
        }
        sql += " ORDER BY position"
        for row in try BlockRow.fetchAll(database, sql: sql, arguments: arguments) {
          blocks.append(BlockSummary(row: row, isSealed: table == "block"))
        }
      }
      return blocks
    }
  }

  /// The newest blocks that are final, the newest last.
  ///
  /// - Parameters:
  ///   - count: How many at most.
  ///   - position: Only such as begin before it.
  /// - Returns: What is known of them.
  /// - Throws: If the store cannot be read.
  package func newestBlocks(
    _ count: Int, before position: Int64 = .max
  ) throws(StoreError) -> [BlockSummary] {
    try read { database in
      try BlockRow.fetchAll(
        database,
        sql: """
          SELECT \(BlockRow.columns) FROM block WHERE position < ?
          ORDER BY position DESC LIMIT ?
          """, arguments: [position, count]
      ).reversed().map { BlockSummary(row: $0, isSealed: true) }
    }
  }

  /// The position behind the last record that is in a final block.
  package func sealedEnd() throws(StoreError) -> Int64 {
    try newestBlocks(1).last?.positions.upperBound ?? 0
  }

  /// The position that the next record will get.
  package func end() throws(StoreError) -> Int64 {
    try read { try StoreEnd.fetch($0).position }
  }
}
