import Hashing

/// The checksum that chains each block to the one before it.
///
/// SHA-256 over: the checksum of the block before (32 bytes, zeros for the very first), position,
/// records, frames (eight bytes each, the lowest first), the clock offset (eight bytes; the
/// smallest number if there is none), the length of the directory, the directory, the data, and the
/// events' lines in UTF-8. Whoever changes, removes or inserts a bit anywhere breaks the chain.
enum BlockChain {
  /// What the first block of a store follows.
  static let origin = [UInt8](repeating: 0, count: 32)

  static func checksum(_ row: BlockRow, data: [UInt8], events: [EventRow]) -> [UInt8] {
    var hash = SHA256()
    hash.update(row.previous)
    hash.update(row.position)
    hash.update(Int64(row.recordCount))
    hash.update(Int64(row.frameCount))
    hash.update(row.clockOffset ?? Int64.min)
    hash.update(Int64(row.directory.count))
    hash.update(row.directory)
    hash.update(data)
    for event in events { hash.update(Array(event.chained.utf8)) }
    return hash.digest()
  }
}
