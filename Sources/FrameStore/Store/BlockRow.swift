import Foundation
import GRDB

/// A row of the tables `block` and `tail`, without the frames.
struct BlockRow: Hashable, Sendable {
  var position: Int64
  var recordCount: Int
  var frameCount: Int
  /// The earliest and the latest time in it, corrected.
  var firstTime: Int64
  var lastTime: Int64
  /// What is added to every stored time, in nanoseconds.
  var correction: Int64 = 0
  /// By how much the wall clock was ahead of the monotonic one; `nil` for an imported log.
  var clockOffset: Int64?
  var clockIsSet: Bool
  var run: Int64
  var byteCount: Int
  var previous: [UInt8]
  var checksum: [UInt8]
  var directory: [UInt8]

  var end: Int64 { position + Int64(recordCount) }

  static let columns = """
    position, records, frames, first_time, last_time, correction, clock_offset, clock_is_set, run, \
    bytes, previous, checksum, directory
    """
}

extension BlockRow: FetchableRecord {
  init(row: Row) throws {
    // A damaged file can hold anything in any column.
    func bytes(_ column: String) throws -> [UInt8] {
      [UInt8](try row.decode(Data.self, forColumn: column))
    }
    position = try row.decode(Int64.self, forColumn: "position")
    recordCount = try row.decode(Int.self, forColumn: "records")
    frameCount = try row.decode(Int.self, forColumn: "frames")
    firstTime = try row.decode(Int64.self, forColumn: "first_time")
    lastTime = try row.decode(Int64.self, forColumn: "last_time")
    correction = try row.decode(Int64.self, forColumn: "correction")
    clockOffset = try row.decode(Int64?.self, forColumn: "clock_offset")
    clockIsSet = try row.decode(Bool.self, forColumn: "clock_is_set")
    run = try row.decode(Int64.self, forColumn: "run")
    byteCount = try row.decode(Int.self, forColumn: "bytes")
    previous = try bytes("previous")
    checksum = try bytes("checksum")
    directory = try bytes("directory")
    guard recordCount >= 0, (0...recordCount).contains(frameCount),
      position >= 0, position <= Int64.max / 2
    else { throw BlockError.malformed("its row contradicts itself") }
  }
}

extension BlockRow {
  private var arguments: StatementArguments {
    [
      position, recordCount, frameCount, firstTime, lastTime, correction, clockOffset, clockIsSet,
      run, byteCount, Data(previous), Data(checksum), Data(directory),
    ]
  }

  /// Stores a sealed block.
  func insertBlock(_ data: [UInt8], _ database: Database) throws {
    try database.execute(
      sql: "INSERT INTO block(\(Self.columns)) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)",
      arguments: arguments)
    try database.execute(
      sql: "INSERT INTO content(position, data) VALUES(?,?)", arguments: [position, Data(data)])
  }

  /// Stores a block that is to be merged with others later.
  func insertTail(_ data: [UInt8], _ database: Database) throws {
    try database.execute(
      sql: "INSERT INTO tail(\(Self.columns), data) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      arguments: arguments + [Data(data)])
  }
}
