import GRDB

/// The tables of a store; `docs/recording.md` explains them to other programs.
enum StoreSchema {
  /// Kept in SQLite's `user_version`.
  static let version = 1
  /// Kept in SQLite's `application_id`: `BUSB`.
  static let applicationID = 0x4255_5342
  /// In bytes.
  ///
  /// The tail of the last page of each block is wasted, and a commit writes whole pages.
  static let pageSize = 4096

  private static let columns = """
      position INTEGER PRIMARY KEY,
      records INTEGER NOT NULL,
      frames INTEGER NOT NULL,
      first_time INTEGER NOT NULL,
      last_time INTEGER NOT NULL,
      correction INTEGER NOT NULL DEFAULT 0,
      clock_offset INTEGER,
      clock_is_set INTEGER NOT NULL,
      run INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      previous BLOB NOT NULL,
      checksum BLOB NOT NULL,
      directory BLOB NOT NULL
    """

  /// Makes the tables of a new store.
  static func create(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE block(\(columns));
        CREATE INDEX block_time ON block(first_time, last_time);
        CREATE INDEX block_unset ON block(run) WHERE clock_is_set = 0;
        CREATE TABLE content(position INTEGER PRIMARY KEY, data BLOB NOT NULL);
        CREATE TABLE tail(\(columns), data BLOB NOT NULL);
        CREATE TABLE event(
          position INTEGER PRIMARY KEY, time INTEGER NOT NULL, bus TEXT, kind TEXT NOT NULL,
          value INTEGER, detail TEXT);
        CREATE INDEX event_kind ON event(kind, position);
        CREATE TABLE run(id INTEGER PRIMARY KEY, boot TEXT, source TEXT NOT NULL);
        CREATE TABLE removal(
          position INTEGER PRIMARY KEY, records INTEGER NOT NULL, frames INTEGER NOT NULL,
          first_time INTEGER NOT NULL, last_time INTEGER NOT NULL, reason TEXT NOT NULL);
        CREATE TABLE kept(
          first_time INTEGER NOT NULL, last_time INTEGER NOT NULL, reason TEXT NOT NULL);
        CREATE TABLE cursor(name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE cache_name(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE cache(
          name INTEGER NOT NULL, key INTEGER NOT NULL, value BLOB NOT NULL,
          PRIMARY KEY(name, key)) WITHOUT ROWID;
        CREATE TABLE wear(
          day INTEGER PRIMARY KEY, written INTEGER NOT NULL, grown INTEGER NOT NULL,
          seconds INTEGER NOT NULL);
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        """)
  }

  /// Looks whether a file is a store that this program understands.
  ///
  /// - Returns: `false` if it is empty, as a new file is.
  static func check(_ database: Database, path: String) throws -> Bool {
    let application = try Int.fetchOne(database, sql: "PRAGMA application_id")
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if application == applicationID {
      guard version <= Self.version else { throw StoreError.newerVersion(path, version) }
      return true
    }
    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    guard tables == 0, application == 0, version == 0 else { throw StoreError.notAStore(path) }
    return false
  }
}
