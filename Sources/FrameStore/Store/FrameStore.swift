import Foundation
import GRDB

/// A recording: every frame and event, for years, in one SQLite file.
///
/// Each object has a connection of its own and serves one caller at a time; whoever reads a lot
/// while somebody records opens another one. Any number of processes may read, and several may
/// write: SQLite lets them in one after the other.
///
///     let store = try FrameStore(path: "house.busbar", access: .reading)
///     var reader = StoreReader(store)
///     while let records = try reader.next() { … }
package final class FrameStore: Sendable {
  /// What a store is opened for.
  package enum Access: Sendable {
    /// The file must exist; nothing is changed.
    case reading
    /// The file is made if there is none.
    case writing
  }

  /// Where the file is.
  package let path: String
  let database: DatabaseQueue

  /// Opens a store, or makes an empty one.
  package init(path: String, access: Access) throws(StoreError) {
    self.path = path
    guard access == .writing || FileManager.default.fileExists(atPath: path) else {
      throw .noSuchStore(path)
    }
    var isFolder: ObjCBool = false
    if unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
      isFolder.boolValue
    {
      throw .folder(path)
    }
    do {
      database = try Self.openReadable(path, access)
      try prepare(access)
    } catch {
      throw StoreError(error, path)
    }
  }

  /// Opens the file also where SQLite needs more than reading it, or can do no more than that.
  private static func openReadable(_ path: String, _ access: Access) throws -> DatabaseQueue {
    do {
      return try openChecked(path, access)
    } catch let error as DatabaseError where access == .reading {
      let hasLog = FileManager.default.fileExists(atPath: path + "-wal")
      switch error.resultCode {
      case .SQLITE_READONLY:
        // The writer was killed as it made the file; what it left half done is undone by writing.
        try openChecked(path, .writing).close()
        return try openChecked(path, .reading)
      case .SQLITE_CANTOPEN where !hasLog:
        // On a read-only disk nobody writes, so the files that are shared with writers may lack.
        return try open(URL(filePath: path).absoluteString + "?immutable=1", access)
      default: throw error
      }
    }
  }

  private static func openChecked(_ path: String, _ access: Access) throws -> DatabaseQueue {
    let database = try open(path, access)
    try database.read { _ = try Int.fetchOne($0, sql: "PRAGMA user_version") }
    return database
  }

  /// Closes the file, and brings its write-ahead log into it.
  package func close() throws(StoreError) {
    do { try database.close() } catch { throw StoreError(error, path) }
  }

  private static func open(_ path: String, _ access: Access) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = access == .reading
    configuration.busyMode = .timeout(20)
    configuration.label = "FrameStore"
    configuration.prepareDatabase { database in
      // Before the first table, or it has no effect.
      if access == .writing {
        try database.execute(sql: "PRAGMA page_size = \(StoreSchema.pageSize)")
      }
      // Damage is to be found where it is, and not by a crash elsewhere.
      try database.execute(sql: "PRAGMA cell_size_check = ON")
      try database.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  private func prepare(_ access: Access) throws {
    let isStore = try database.inDatabase { database in
      try StoreSchema.check(database, path: path)
    }
    guard access == .writing else {
      if !isStore { throw StoreError.blank(path) }
      return
    }
    try database.inDatabase { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      // A commit is on the disk when it returns; without this a power cut takes the last ones.
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    if !isStore {
      try write { database in
        if try !StoreSchema.check(database, path: path) { try StoreSchema.create(database) }
      }
    }
  }
}

extension FrameStore {
  /// Runs `body` on one consistent state of the store.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do { return try database.read(body) } catch { throw StoreError(error, path) }
  }

  /// Runs `body` as one transaction, which is on the disk when this returns, or not at all.
  func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try database.inDatabase { database in
        var value: Value?
        // Immediate: it waits for other writers here, and not in the middle.
        try database.inTransaction(.immediate) {
          value = try body(database)
          return .commit
        }
        guard let value else { throw StoreError.failed(path, reason: "no transaction") }
        return value
      }
    } catch {
      throw StoreError(error, path)
    }
  }
}
