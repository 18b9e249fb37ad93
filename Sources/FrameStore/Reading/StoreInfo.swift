import Foundation
import GRDB

/// What a store holds and what it costs.
package struct StoreInfo: Hashable, Sendable {
  package var frameCount = 0
  package var eventCount = 0
  package var blockCount = 0
  /// Frames that are not in a final block yet.
  package var unsealedCount = 0
  /// The earliest and latest time, in nanoseconds since 1970; `nil` of an empty store.
  package var times: ClosedRange<Int64>?
  /// What the file uses, index and all, in bytes.
  package var usedBytes: Int64 = 0
  /// What is free on its disk, in bytes; `nil` if that cannot be told.
  package var freeBytes: Int64?
  /// How much it grows in a day, in bytes; `nil` if it spans less than a minute.
  package var grownPerDay: Double?
  /// How much was written to the disk for it in a day, in bytes; `nil` before recording has run for
  /// a while.
  package var writtenPerDay: Double?

  /// How many bytes each frame takes, everything included.
  package var bytesPerFrame: Double? {
    frameCount > 0 ? Double(usedBytes) / Double(frameCount) : nil
  }

  /// How many days of recording at the present rate the disk has room for.
  package var daysLeft: Double? {
    guard let freeBytes, let grownPerDay, grownPerDay > 0 else { return nil }
    return Double(freeBytes) / grownPerDay
  }
}

extension FrameStore {
  /// Reads what the store tells about itself, without reading any frame.
  package func info() throws(StoreError) -> StoreInfo {
    var info = try read { database in
      var info = StoreInfo()
      for table in ["block", "tail"] {
        guard
          let row = try Row.fetchOne(
            database,
            sql: """
              SELECT count(*) AS blocks, total(frames) AS frames, total(records) AS records,
              min(first_time) AS first, max(last_time) AS last FROM \(table)
              """)
        else { continue }
        let frames: Double = row["frames"]
        let records: Double = row["records"]
        info.frameCount += Int(frames)
        info.eventCount += Int(records - frames)
        if table == "tail" { info.unsealedCount = Int(frames) }
        if table == "block" { info.blockCount = row["blocks"] }
        guard let first: Int64 = row["first"], let last: Int64 = row["last"] else { continue }
        let old = info.times ?? first...last
        info.times = min(old.lowerBound, first)...max(old.upperBound, last)
      }
      info.usedBytes = try usedBytes(database)
      try readRates(database, &info)
      return info
    }
    let folder = URL(filePath: path).deletingLastPathComponent().path()
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    info.freeBytes = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value
    return info
  }

  private func readRates(_ database: Database, _ info: inout StoreInfo) throws {
    let day = 86_400.0
    if let times = info.times {
      let seconds = Double(times.upperBound - times.lowerBound) / 1e9
      if seconds >= 60 { info.grownPerDay = Double(info.usedBytes) / seconds * day }
    }
    // The last month says more about today than the year before it.
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT total(written) AS written, total(seconds) AS seconds FROM wear
        WHERE day > (SELECT max(day) FROM wear) - 30
        """)
    if let row, let written: Double = row["written"], let seconds: Double = row["seconds"],
      seconds >= 60
    {
      info.writtenPerDay = written / seconds * day
    }
  }
}
