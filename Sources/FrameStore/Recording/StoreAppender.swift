package import CANFrames
import Foundation
import GRDB

/// Writes records to the end of a store, each call one transaction.
///
/// Much at once becomes a block. Little goes into the `tail`, where it is safe, and becomes part of
/// a block when there is enough of it or it is old enough. Where the store ends is looked up every
/// time, so that several programs can write to it in turns.
package struct StoreAppender: ~Copyable {
  /// From so many frames on, records become a block of their own at once.
  package static let fewestForBlock = 8192

  /// The store that is written to.
  package let store: FrameStore
  private let source: String
  /// The run's row, from the first record on.
  private var run: Int64?
  private let boot: String?
  private let precision: TimeUnit
  private var encoder: BlockEncoder
  private var sealer: TailSealer
  /// The clock under which the last records came.
  private var clock: ClockSetting?

  /// Begins a run of recording, which the store's records will name as their origin.
  ///
  /// - Parameters:
  ///   - store: Where to write.
  ///   - source: What the records come from, for people.
  ///   - boot: What tells this boot of the machine from others; `nil` for a log.
  ///   - precision: What times are rounded down to.
  package init(
    _ store: FrameStore, source: String, boot: String?, precision: TimeUnit = .microseconds
  ) {
    self.store = store
    self.source = source
    self.boot = boot
    self.precision = precision
    encoder = BlockEncoder()
    sealer = TailSealer()
  }

  /// Appends records; they are on the disk when this returns.
  ///
  /// - Parameters:
  ///   - pieces: In order; empty ones are passed over.
  ///   - buses: The names behind the frames' bus indices.
  ///   - sealing: Whether the tail is made into blocks as well.
  /// - Returns: The position behind the last record.
  /// - Throws: If the store cannot be written; then nothing of it was.
  @discardableResult
  package mutating func append(
    _ pieces: [RecordPiece], buses: BusNames, sealing: Bool = false
  ) throws(StoreError) -> Int64 {
    // Encoding needs no transaction, in which others would have to wait.
    var blocks: [BlockEncoder.Block?] = []
    for piece in pieces {
      blocks.append(
        piece.frames.isEmpty
          ? nil : encoder.encode(piece.frames, buses: buses, precision: precision))
    }
    let (source, boot) = (source, boot)
    var (run, clock) = (run, clock)
    var sealer = TailSealer()
    swap(&sealer, &self.sealer)
    defer { swap(&sealer, &self.sealer) }
    let end = try store.write { database in
      for (piece, block) in zip(pieces, blocks) where !piece.isEmpty {
        var piece = piece
        let runID = try run ?? Self.beginRun(source, boot, database)
        run = runID
        if let boot, let setting = ClockSetting(piece), setting != clock {
          clock = setting
          for event in try setting.redate(boot: boot, at: piece.times.lowerBound, database) {
            piece.prepend(event)
          }
        }
        let isBlock = piece.frames.count >= Self.fewestForBlock
        if isBlock { try sealer.seal(database) }
        try Self.insert(piece, block, run: runID, isBlock: isBlock, database)
      }
      if sealing { try sealer.seal(database) }
      return try StoreEnd.fetch(database).position
    }
    // Only now: a transaction that failed has changed nothing.
    (self.run, self.clock) = (run, clock)
    return end
  }

  private static func beginRun(
    _ source: String, _ boot: String?, _ database: Database
  ) throws -> Int64 {
    try database.execute(
      sql: "INSERT INTO run(boot, source) VALUES(?, ?)", arguments: [boot, source])
    return database.lastInsertedRowID
  }

  private static func insert(
    _ piece: RecordPiece, _ block: BlockEncoder.Block?, run: Int64, isBlock: Bool,
    _ database: Database
  ) throws {
    let end = try StoreEnd.fetch(database)
    let events = piece.eventRows(from: end.position)
    for event in events { try event.insert(database) }
    var row = BlockRow(
      position: end.position, recordCount: piece.recordCount, frameCount: piece.frames.count,
      firstTime: piece.times.lowerBound, lastTime: piece.times.upperBound,
      clockOffset: piece.clockOffset, clockIsSet: piece.clockIsSet, run: run,
      byteCount: block?.data.count ?? 0, previous: end.checksum, checksum: [],
      directory: block?.directory ?? [])
    let data = block?.data ?? []
    row.checksum = BlockChain.checksum(row, data: data, events: events)
    if isBlock { try row.insertBlock(data, database) } else { try row.insertTail(data, database) }
  }
}

/// Where a store ends: what the next record gets.
struct StoreEnd: Hashable {
  /// The position of the next record.
  var position: Int64
  /// The checksum that the next block follows.
  var checksum: [UInt8]

  static func fetch(_ database: Database, sealed: Bool = false) throws -> StoreEnd {
    var end = StoreEnd(position: 0, checksum: BlockChain.origin)
    if let row = try Row.fetchOne(
      database, sql: "SELECT position, records FROM removal ORDER BY position DESC LIMIT 1")
    {
      end.position = row["position"] + row["records"]
    }
    for table in sealed ? ["block"] : ["block", "tail"] {
      guard
        let row = try Row.fetchOne(
          database,
          sql: "SELECT position, records, checksum FROM \(table) ORDER BY position DESC LIMIT 1")
      else { continue }
      end.position = max(end.position, row["position"] + row["records"])
      end.checksum = [UInt8](row["checksum"] as Data)
    }
    return end
  }
}
