import FrameStore

/// A run of a grid's cells, as they are kept together.
struct CellChunk: Sendable {
  /// The cells by their place; `nil` where nothing was heard.
  private(set) var cells: [SeriesCell?]

  init() { cells = [SeriesCell?](repeating: nil, count: Int(CellGrid.cellsInChunk)) }

  mutating func merge(_ cell: SeriesCell, at place: Int) {
    if cells[place] == nil { cells[place] = cell } else { cells[place]?.merge(cell) }
  }
}

// The form in which a chunk is kept: the plain size in four bytes, then one zstd frame with the
// count, the places, and a column for each number, split into planes of equal bytes of the numbers,
// which for values that hardly change are runs of one byte.
extension CellChunk {
  /// Bytes of a cell without its place: seven numbers of eight bytes, a count.
  private static let numberCount = 8

  func encoded(_ compressor: inout ZstdCompressor) -> [UInt8] {
    let known = cells.indices.filter { cells[$0] != nil }
    var plain: [UInt8] = [UInt8(truncatingIfNeeded: known.count), UInt8(known.count >> 8)]
    plain += known.map { UInt8($0) }
    var columns = [[UInt64]](repeating: [], count: Self.numberCount)
    for cell in cells {
      guard let cell else { continue }
      let numbers = [
        UInt64(cell.count), cell.sum.bitPattern, cell.minimum.bitPattern, cell.maximum.bitPattern,
        cell.first.bitPattern, cell.last.bitPattern, UInt64(bitPattern: cell.firstTime),
        UInt64(bitPattern: cell.lastTime),
      ]
      for (column, number) in numbers.enumerated() { columns[column].append(number) }
    }
    for column in columns {
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        for number in column { plain.append(UInt8(truncatingIfNeeded: number >> shift)) }
      }
    }
    let size = UInt32(plain.count)
    var bytes = (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * UInt32($0))) }
    _ = compressor.compress(plain, to: &bytes)
    return bytes
  }

  /// Reads a chunk, or returns `nil` if its bytes are none.
  init?(_ bytes: [UInt8], _ decompressor: borrowing ZstdDecompressor, buffer: inout [UInt8]) {
    self.init()
    guard bytes.count > 4 else { return nil }
    let size = (0..<4).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }
    let largest = 2 + cells.count * (1 + 8 * Self.numberCount)
    guard (2...largest).contains(size),
      (try? decompressor.decompress(bytes, 4..<bytes.count, count: size, into: &buffer)) != nil
    else { return nil }
    let count = Int(buffer[0]) | Int(buffer[1]) << 8
    guard size == 2 + count * (1 + 8 * Self.numberCount) else { return nil }
    let plain = buffer
    for index in 0..<count {
      func number(_ column: Int) -> UInt64 {
        Self.number(plain.span, at: 2 + count + column * 8 * count + index, step: count)
      }
      cells[Int(plain[2 + index])] = SeriesCell(
        count: Int(truncatingIfNeeded: number(0)), sum: Double(bitPattern: number(1)),
        minimum: Double(bitPattern: number(2)), maximum: Double(bitPattern: number(3)),
        first: Double(bitPattern: number(4)), last: Double(bitPattern: number(5)),
        firstTime: Int64(bitPattern: number(6)), lastTime: Int64(bitPattern: number(7)))
    }
  }

  /// The number whose lowest byte stands at `place`, and the others each `step` further.
  private static func number(_ bytes: Span<UInt8>, at place: Int, step: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[place + $1 * step]) << UInt64(8 * $1) }
  }
}
