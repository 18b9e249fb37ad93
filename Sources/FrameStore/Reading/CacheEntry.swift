import Foundation
import GRDB

/// An entry of a named cache; see ``FrameStore/cached(_:_:)``.
package struct CacheEntry: Sendable {
  package var name: String
  package var key: Int64
  package var value: [UInt8]

  package init(name: String, key: Int64, value: [UInt8]) {
    self.name = name
    self.key = key
    self.value = value
  }
}

extension FrameStore {
  /// Stores entries of any number of caches and moves a cursor, all of it or nothing.
  package func cache(
    _ entries: [CacheEntry], movingCursor cursor: (name: String, position: Int64)
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
      try database.execute(
        sql: "INSERT OR REPLACE INTO cursor(name, position) VALUES(?, ?)",
        arguments: [cursor.name, cursor.position])
    }
  }

  /// The names of all caches.
  package func cacheNames() throws(StoreError) -> [String] {
    try read { try String.fetchAll($0, sql: "SELECT name FROM cache_name ORDER BY id") }
  }

  /// Throws away every cache and forgets a cursor.
  package func dropCaches(forgettingCursor name: String) throws(StoreError) {
    try write { database in
      try database.execute(sql: "DELETE FROM cache")
      try database.execute(sql: "DELETE FROM cache_name")
      try database.execute(sql: "DELETE FROM cursor WHERE name = ?", arguments: [name])
    }
  }
}
