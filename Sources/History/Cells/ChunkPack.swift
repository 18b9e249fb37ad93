import FrameStore

/// The chunks of all series that lie in the same time, as the recording's caches keep them.
///
/// Together, since rows of a few hundred bytes leave two fifths of a database's pages empty. It
/// begins with how many series there are, and of each its number and how many bytes it has, each as
/// a varint: seven bits a byte, the lowest first, the top bit set in all but the last.
struct ChunkPack {
  /// The kept form of a ``CellChunk``, by the series' number.
  private(set) var chunks: [Int64: [UInt8]] = [:]

  init() {}

  /// Reads a pack; what cannot be read is not in it.
  ///
  /// - Parameters:
  ///   - bytes: As they are kept.
  ///   - isWanted: Which series to take out of it.
  init(_ bytes: [UInt8], where isWanted: (Int64) -> Bool = { _ in true }) {
    var reader = ByteReader(bytes)
    do throws(BlockError) {
      var heads: [(series: Int, size: Int)] = []
      for _ in 0..<(try reader.count(atMost: bytes.count, "series")) {
        heads.append(
          (
            try reader.count(atMost: Int.max, "series"),
            try reader.count(atMost: bytes.count, "bytes")
          ))
      }
      for (series, size) in heads {
        let range = try reader.skip(size)
        if isWanted(Int64(series)) { chunks[Int64(series)] = Array(bytes[range]) }
      }
    } catch {
      // What was read so far holds: each chunk has a check of its own.
    }
  }

  /// Takes over chunks in place of those of the same series.
  mutating func replace(_ fresh: [Int64: [UInt8]]) { chunks.merge(fresh) { $1 } }

  var bytes: [UInt8] {
    var heads = ByteWriter()
    let ordered = chunks.sorted { $0.key < $1.key }
    heads.append(varint: UInt64(ordered.count))
    for (series, chunk) in ordered {
      heads.append(varint: UInt64(series))
      heads.append(varint: UInt64(chunk.count))
    }
    return heads.bytes + ordered.flatMap(\.value)
  }
}
