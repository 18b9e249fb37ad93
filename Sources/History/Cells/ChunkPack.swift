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
    var position = 0
    func number() -> Int {
      var number = 0
      for shift in stride(from: 0, to: 56, by: 7) where position < bytes.count {
        number |= Int(bytes[position] & 0x7F) << shift
        position += 1
        if bytes[position - 1] < 0x80 { break }
      }
      return number
    }
    let heads = (0..<min(number(), bytes.count)).map { _ in (series: number(), size: number()) }
    for head in heads where head.size <= bytes.count - position {
      if isWanted(Int64(head.series)) {
        chunks[Int64(head.series)] = Array(bytes[position..<position + head.size])
      }
      position += head.size
    }
  }

  /// Takes over chunks in place of those of the same series.
  mutating func replace(_ fresh: [Int64: [UInt8]]) { chunks.merge(fresh) { $1 } }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    func append(_ number: Int) {
      var rest = number
      while rest >= 0x80 {
        bytes.append(UInt8(rest & 0x7F) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }
    let ordered = chunks.sorted { $0.key < $1.key }
    append(ordered.count)
    for (series, chunk) in ordered {
      append(Int(series))
      append(chunk.count)
    }
    for (_, chunk) in ordered { bytes += chunk }
    return bytes
  }
}
