import CANFrames
import Foundation
import GRDB

/// Makes what is in the tail into blocks.
struct TailSealer: ~Copyable {
  private var encoder = BlockEncoder()
  private var decoder = BlockDecoder()

  /// A row of the tail with its frames still compressed.
  private struct Part {
    var row: BlockRow
    var data: [UInt8]
  }

  /// Seals the whole tail, within a transaction of the caller's.
  mutating func seal(_ database: Database) throws {
    let parts = try Row.fetchAll(
      database, sql: "SELECT \(BlockRow.columns), data FROM tail ORDER BY position"
    ).map { row in
      Part(row: try BlockRow(row: row), data: [UInt8](row["data"] as Data))
    }
    guard !parts.isEmpty else { return }
    // First, so that the blocks are written to the pages that this frees.
    try database.execute(sql: "DELETE FROM tail")
    var first = 0
    while first < parts.count {
      var end = first + 1
      while end < parts.count, Self.belongTogether(parts[first..<end + 1]) { end += 1 }
      try seal(Array(parts[first..<end]), database)
      first = end
    }
  }

  private static func belongTogether(_ parts: ArraySlice<Part>) -> Bool {
    guard let first = parts.first?.row, let last = parts.last?.row else { return false }
    let frames = parts.reduce(0) { $0 + $1.row.frameCount }
    let earliest = parts.reduce(Int64.max) { min($0, $1.row.firstTime) }
    let latest = parts.reduce(Int64.min) { max($0, $1.row.lastTime) }
    return frames <= RecordPiece.mostFrames && latest - earliest <= RecordPiece.longestSpan
      && first.run == last.run && first.clockOffset == last.clockOffset
      && first.clockIsSet == last.clockIsSet && first.correction == last.correction
  }

  private mutating func seal(_ parts: [Part], _ database: Database) throws {
    var row = parts[0].row
    var data = parts[0].data
    if parts.count > 1, let block = merged(parts) {
      (row.directory, data) = (block.directory, block.data)
      row.recordCount = parts.reduce(0) { $0 + $1.row.recordCount }
      row.frameCount = parts.reduce(0) { $0 + $1.row.frameCount }
      row.firstTime = parts.reduce(Int64.max) { min($0, $1.row.firstTime) }
      row.lastTime = parts.reduce(Int64.min) { max($0, $1.row.lastTime) }
    } else if parts.count > 1 {
      // One of them is damaged: each stays what it is, for others to look at.
      for part in parts { try seal([part], database) }
      return
    }
    row.byteCount = data.count
    row.previous = try StoreEnd.fetch(database, sealed: true).checksum
    let events = try EventRow.fetch(row.position..<row.end, database)
    row.checksum = BlockChain.checksum(row, data: data, events: events)
    try row.insertBlock(data, database)
  }

  /// The frames of all parts as one block; `nil` if some of them cannot be read.
  private mutating func merged(_ parts: [Part]) -> BlockEncoder.Block? {
    var frames: [CANFrame] = []
    var names: [String?] = []
    for part in parts where part.row.frameCount > 0 {
      guard let directory = try? BlockDirectory(part.row.directory),
        directory.frameCount == part.row.frameCount
      else { return nil }
      let start = frames.count
      guard (try? decoder.decode(directory, part.data, into: &frames)) != nil else { return nil }
      let places = directory.buses.map { name in
        if let place = names.firstIndex(of: name) { return place }
        names.append(name)
        return names.count - 1
      }
      guard names.count <= 256 else { return nil }
      for index in start..<frames.count {
        frames[index].bus = UInt8(places[Int(frames[index].bus)])
      }
    }
    guard !frames.isEmpty else { return BlockEncoder.Block(directory: [], data: []) }
    // Their unit is exact for them already; a coarser one is found by itself.
    return encoder.encode(frames, buses: BusNames(names), precision: .nanoseconds)
  }
}
