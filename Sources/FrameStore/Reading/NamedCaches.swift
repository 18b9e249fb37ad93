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
    try write { try Self.move(name, to: position, $0) }
  }

  /// What another layer keeps under a name, by key, in ascending order.
  ///
  /// Caches are never the truth: whoever keeps one must be able to make it again.
  package func cached(
    _ name: String, _ keys: ClosedRange<Int64>
  ) throws(StoreError) -> [CacheEntry] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT key, value FROM cache WHERE name = (SELECT id FROM cache_name WHERE name = ?)
          AND key BETWEEN ? AND ? ORDER BY key
          """, arguments: [name, keys.lowerBound, keys.upperBound]
      ).map { row in CacheEntry(name: name, key: row["key"], value: [UInt8](row["value"] as Data)) }
    }
  }

  /// Stores entries of any number of caches and moves a cursor with them, all of it or nothing.
  ///
  /// - Parameters:
  ///   - entries: New values, which replace those with the same names and keys.
  ///   - cursor: A consumer and the position that it has reached with these entries, if any.
  /// - Throws: If the store cannot be written.
  package func cache(
    _ entries: [CacheEntry], movingCursor cursor: (name: String, position: Int64)? = nil
  ) throws(StoreError) {
    try write { database in
      var ids: [String: Int64] = [:]
      let insert = try database.makeStatement(
        sql: "INSERT OR REPLACE INTO cache(name, key, value) VALUES(?, ?, ?)")
      for entry in entries {
        if ids[entry.name] == nil {
          try database.execute(
            sql: "INSERT OR IGNORE INTO cache_name(name) VALUES(?)", arguments: [entry.name])
          ids[entry.name] = try Int64.fetchOne(
            database, sql: "SELECT id FROM cache_name WHERE name = ?", arguments: [entry.name])
        }
        try insert.execute(arguments: [ids[entry.name], entry.key, Data(entry.value)])
      }
      if let cursor { try Self.move(cursor.name, to: cursor.position, database) }
    }
  }

  /// Throws away every cache and forgets a cursor.
  package func dropCaches(forgettingCursor name: String) throws(StoreError) {
    try write { database in
      try database.execute(sql: "DELETE FROM cache")
      try database.execute(sql: "DELETE FROM cache_name")
      try database.execute(sql: "DELETE FROM cursor WHERE name = ?", arguments: [name])
    }
  }

  private static func move(_ name: String, to position: Int64, _ database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO cursor(name, position) VALUES(?, ?)
        ON CONFLICT(name) DO UPDATE SET position = excluded.position
        """, arguments: [name, position])
  }
}

/// An entry of a named cache; see ``FrameStore/cached(_:_:)``.
package struct CacheEntry: Hashable, Sendable {
  package var name: String
  package var key: Int64
  package var value: [UInt8]

  package init(name: String, key: Int64, value: [UInt8]) {
    self.name = name
    self.key = key
    self.value = value
  }
}
