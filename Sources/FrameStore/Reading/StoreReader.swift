package import CANFrames
import Foundation
import GRDB

/// Reads a store in the order in which it was recorded, from any position on.
///
/// A position is durable: a consumer that stores the position behind the last record it has dealt
/// with, and begins there again, gets every record exactly once, across restarts and while
/// recording goes on.
package struct StoreReader: ~Copyable {
  /// What a step of reading found.
  package enum Step: Sendable {
    case records(StoredRecords)
    /// Something that cannot be read; the next step goes on behind it.
    case damage(StoreDamage)
  }

  private let store: FrameStore
  private var decoder = BlockDecoder()
  /// The next record to be read.
  package private(set) var position: Int64

  package init(_ store: FrameStore, from position: Int64 = 0) {
    self.store = store
    self.position = position
  }

  /// Goes on at another position.
  package mutating func seek(to position: Int64) { self.position = position }

  /// The records from ``position`` to the end of their block, or `nil` if there are none yet.
  ///
  /// Records that retention has deleted are passed over.
  package mutating func next() throws(StoreError) -> Step? {
    let found: StoredBlock?
    do throws(StoreError) {
      found = try store.read { try StoredBlock.fetch(from: position, $0) }
    } catch {
      guard error.isDamage else { throw error }
      return .damage(try skipDamage(error))
    }
    guard let found else { return nil }
    do {
      var records = try read(found)
      records.drop(before: position)
      position = found.row.end
      return .records(records)
    } catch {
      let damage = StoreDamage(
        positions: max(position, found.row.position)..<found.row.end,
        reason: (error as? BlockError)?.description ?? "\(error)")
      position = found.row.end
      return .damage(damage)
    }
  }

  /// Only the frames of some streams of a block, which costs little more than those streams do.
  package mutating func frames(
    of block: BlockSummary, where isWanted: (FrameStream) -> Bool
  ) throws(StoreError) -> (frames: [CANFrame], buses: BusNames) {
    do {
      guard let directory = try block.directory(),
        directory.entries.contains(where: { isWanted($0.stream) })
      else { return ([], BusNames()) }
      // The tail may have been sealed since, under the same position or an earlier one.
      let found = try store.read { try StoredBlock.fetch(from: block.row.position, $0) }
      guard let found else { return ([], BusNames()) }
      guard found.row.checksum == block.row.checksum else {
        return try framesOfSealed(found, within: block.positions, isWanted)
      }
      var frames: [CANFrame] = []
      try decoder.decode(
        directory, found.data, shift: found.row.correction, where: isWanted, into: &frames)
      return (frames, BusNames(directory.buses))
    } catch let error as StoreError {
      throw error
    } catch {
      throw .damaged(store.path, reason: "block at \(block.row.position): \(error)")
    }
  }

  private mutating func framesOfSealed(
    _ block: StoredBlock, within positions: Range<Int64>, _ isWanted: (FrameStream) -> Bool
  ) throws -> (frames: [CANFrame], buses: BusNames) {
    var records = try read(block)
    records.drop(before: positions.lowerBound)
    let after = records.events.count { $0.frameIndex < records.frames.count }
    let count = min(records.frames.count, max(0, positions.count - after))
    return (records.frames[..<count].filter { isWanted(FrameStream($0)) }, records.buses)
  }

  private mutating func read(_ block: StoredBlock) throws -> StoredRecords {
    var records = StoredRecords(position: block.row.position)
    records.clockOffset = block.row.clockOffset
    guard
      BlockChain.checksum(block.row, data: block.data, events: block.events)
        == block.row.checksum
    else { throw BlockError.malformed("its checksum is wrong") }
    if block.row.frameCount > 0 {
      let directory = try BlockDirectory(block.row.directory)
      try decoder.decode(
        directory, block.data, shift: block.row.correction, into: &records.frames)
      records.buses = BusNames(directory.buses)
    }
    guard records.frames.count == block.row.frameCount,
      block.events.count == block.row.recordCount - block.row.frameCount
    else { throw BlockError.malformed("its records are not complete") }
    for (index, row) in block.events.enumerated() {
      var event = row.event
      event.time &+= block.row.correction
      records.events.append(
        StoredRecords.PlacedEvent(
          event: event, frameIndex: Int(row.position - block.row.position) - index))
    }
    return records
  }

  /// Finds the first position behind a damaged part of the file from which reading goes on.
  private mutating func skipDamage(_ error: StoreError) throws(StoreError) -> StoreDamage {
    let start = position
    func reads(from position: Int64) -> Bool {
      (try? store.read { try StoredBlock.fetch(from: position, $0) }) != nil
    }
    var step: Int64 = 1
    while step < 1 << 50, !reads(from: start + step) { step *= 2 }
    guard step < 1 << 50 else { throw error }
    var (bad, good) = (start + step / 2, start + step)
    while good - bad > 1 {
      let middle = bad + (good - bad) / 2
      if reads(from: middle) { good = middle } else { bad = middle }
    }
    position = good
    return StoreDamage(positions: start..<good, reason: "a page of the file is damaged")
  }
}

/// A block as it lies in the file.
struct StoredBlock {
  var row: BlockRow
  var data: [UInt8]
  var events: [EventRow]
  var isSealed: Bool

  /// The block that holds the record at `position`, or the first one behind it.
  static func fetch(from position: Int64, _ database: Database) throws -> StoredBlock? {
    for table in ["block", "tail"] {
      let select = "SELECT \(BlockRow.columns) FROM \(table)"
      var row = try BlockRow.fetchOne(
        database, sql: "\(select) WHERE position <= ? ORDER BY position DESC LIMIT 1",
        arguments: [position])
      if row.map({ $0.end <= position }) ?? true {
        row = try BlockRow.fetchOne(
          database, sql: "\(select) WHERE position > ? ORDER BY position LIMIT 1",
          arguments: [position])
      }
      guard let row = row else { continue }
      let data = try Data.fetchOne(
        database,
        sql: "SELECT data FROM \(table == "block" ? "content" : table) WHERE position = ?",
        arguments: [row.position])
      return StoredBlock(
        row: row, data: [UInt8](data ?? Data()),
        events: try EventRow.fetch(row.position..<row.end, database),
        isSealed: table == "block")
    }
    return nil
  }
}
