import Foundation
import GRDB

extension FrameStore {
  /// The position that a named consumer begins at next; 0 if it never stored one.
  package func cursor(_ name: String) throws(StoreError) -> Int64 {
    try read { database in
      try Int64.fetchOne(
        database, sql: "SELECT position FROM cursor WHERE name = ?", arguments: [name]) ?? 0
    }
  }

  /// Stores the position behind the last record that a consumer has dealt with.
  package func setCursor(_ name: String, to position: Int64) throws(StoreError) {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO cursor(name, position) VALUES(?, ?)
          ON CONFLICT(name) DO UPDATE SET position = excluded.position
          """, arguments: [name, position])
    }
  }

  /// What another layer keeps under a name, by key, in ascending order.
  ///
  /// Caches are never the truth: whoever keeps one must be able to make it again.
  package func cached(
    _ name: String, _ keys: ClosedRange<Int64>
  ) throws(StoreError) -> [(key: Int64, value: [UInt8])] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT key, value FROM cache WHERE name = (SELECT id FROM cache_name WHERE name = ?)
          AND key BETWEEN ? AND ? ORDER BY key
          """, arguments: [name, keys.lowerBound, keys.upperBound]
      ).map { row in (row["key"], [UInt8](row["value"] as Data)) }
    }
  }

  /// Stores entries of a named cache, all of them or none, and moves a cursor with them.
  ///
  /// - Parameters:
  ///   - entries: New values, which replace those with the same keys.
  ///   - name: The cache's.
  ///   - cursor: A consumer and the position that it has reached with these entries, if any.
  /// - Throws: If the store cannot be written.
  package func cache(
    _ entries: [(key: Int64, value: [UInt8])], in name: String,
    movingCursor cursor: (name: String, position: Int64)? = nil
  ) throws(StoreError) {
    try write { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO cache_name(name) VALUES(?)", arguments: [name])
      let id = try Int64.fetchOne(
        database, sql: "SELECT id FROM cache_name WHERE name = ?", arguments: [name])
      let insert = try database.makeStatement(
        sql: "INSERT OR REPLACE INTO cache(name, key, value) VALUES(?, ?, ?)")
      for entry in entries {
        try insert.execute(arguments: [id, entry.key, Data(entry.value)])
      }
      if let cursor {
        try database.execute(
          sql: "INSERT OR REPLACE INTO cursor(name, position) VALUES(?, ?)",
          arguments: [cursor.name, cursor.position])
      }
    }
  }

  /// Throws away a named cache.
  package func dropCache(_ name: String) throws(StoreError) {
    try write { database in
      try database.execute(
        sql: "DELETE FROM cache WHERE name = (SELECT id FROM cache_name WHERE name = ?)",
        arguments: [name])
      try database.execute(sql: "DELETE FROM cache_name WHERE name = ?", arguments: [name])
    }
  }
}
