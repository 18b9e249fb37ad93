/// A run of a grid's cells, as they are kept together.
struct CellChunk: Sendable {
  /// The cells by their place; `nil` where nothing was heard.
  private(set) var cells: [SeriesCell?]

  init() { cells = [SeriesCell?](repeating: nil, count: Int(CellGrid.cellsInChunk)) }

  mutating func merge(_ cell: SeriesCell, at place: Int) {
    if cells[place] == nil { cells[place] = cell } else { cells[place]?.merge(cell) }
  }
}

// The form in which a chunk is kept: a check of a byte, ``CellScale``, how many places have a
// cell, and then a column of each number, less what the cell before makes one expect.
//
// The times of the first and the last value are kept to a quarter of a cell. They only decide which
// of two pieces of one cell came first, and pieces come in order but where logs are imported that
// overlap.
extension CellChunk {
  /// The differences of one cell's numbers from what is expected, or the other way round.
  private struct Expectation {
    private var count: Int64 = 0
    private var sum: Int64 = 0
    private var below: Int64 = 0
    private var above: Int64 = 0

    /// The mean that the first value, the last, the minimum and the maximum are told from.
    private mutating func learn(_ cell: ScaledCell) {
      (count, sum) = (cell.count, cell.sum)
      below = cell.center &- cell.minimum
      above = cell.maximum &- cell.center
    }

    private func expectedSum(_ count: Int64) -> Int64 {
      guard self.count > 0 else { return 0 }
      let (mean, rest) = sum.quotientAndRemainder(dividingBy: self.count)
      return mean &* count &+ (rest &* count) / self.count
    }

    mutating func differences(_ cell: ScaledCell) -> [Int64] {
      defer { learn(cell) }
      return [
        cell.count &- count, cell.sum &- expectedSum(cell.count),
        cell.center &- cell.minimum &- below, cell.maximum &- cell.center &- above,
        cell.first &- cell.center, cell.last &- cell.center, cell.firstQuarter,
        3 - cell.lastQuarter,
      ]
    }

    /// A cell out of its differences, or `nil` if they make none.
    mutating func cell(_ columns: [[Int64]], _ index: Int, _ scale: CellScale) -> ScaledCell? {
      let count = self.count &+ columns[0][index]
      guard (1...1 << 40).contains(count) else { return nil }
      var cell = ScaledCell(
        count: count, sum: expectedSum(count) &+ columns[1][index], isExact: scale.isExact)
      cell.minimum = cell.center &- below &- columns[2][index]
      cell.maximum = cell.center &+ above &+ columns[3][index]
      cell.first = cell.center &+ columns[4][index]
      cell.last = cell.center &+ columns[5][index]
      cell.firstQuarter = columns[6][index]
      cell.lastQuarter = 3 &- columns[7][index]
      learn(cell)
      return cell
    }
  }

  private static let columnCount = 8

  /// - Parameters:
  ///   - number: Which chunk of the grid it is.
  ///   - grid: The grid.
  /// - Returns: The bytes.
  func encoded(_ number: Int64, of grid: CellGrid) -> [UInt8] {
    let places = cells.indices.filter { cells[$0] != nil }
    let known = cells.compactMap { $0 }
    let scale = CellScale(for: known)
    var columns = [[Int64]](repeating: [], count: Self.columnCount)
    var expectation = Expectation()
    for (place, cell) in zip(places, known) {
      let scaled = ScaledCell(cell, scale, start: grid.start(of: number, place), grid.width)
      for (column, difference) in expectation.differences(scaled).enumerated() {
        columns[column].append(difference)
      }
    }
    var writer = BitWriter()
    writer.append(UInt64(scale.code), 8)
    writer.append(UInt64(places.count), 10)
    let gaps = places.enumerated().map { index, place in Int64(place - index) }
    ColumnCoder.append(zip(gaps, [0] + gaps).map { $0 - $1 }, to: &writer)
    for column in columns { ColumnCoder.append(column, to: &writer) }
    writer.finish()
    return [Self.check(writer.bytes[...])] + writer.bytes
  }

  /// Reads a chunk, or returns `nil` if its bytes are none.
  init?(_ bytes: [UInt8], _ number: Int64, of grid: CellGrid) {
    guard bytes.count > 1, bytes[0] == Self.check(bytes[1...]) else { return nil }
    self.init()
    var reader = BitReader(bytes, in: 1..<bytes.count)
    guard let scale = CellScale(code: UInt8(reader.next(8))) else { return nil }
    let count = Int(reader.next(10))
    guard count <= cells.count else { return nil }
    let gaps = ColumnCoder.next(count, from: &reader)
    let columns = (0..<Self.columnCount).map { _ in ColumnCoder.next(count, from: &reader) }
    guard !reader.isExhausted, reader.isAtEnd else { return nil }
    var expectation = Expectation()
    var place: Int64 = -1
    for index in 0..<count {
      place = place &+ 1 &+ gaps[index]
      guard (0..<CellGrid.cellsInChunk).contains(place),
        let cell = expectation.cell(columns, index, scale)
      else { return nil }
      let start = grid.start(of: number, Int(place))
      cells[Int(place)] = cell.cell(scale, start: start, grid.width)
    }
  }

  /// FNV-1a, folded to a byte: charts have no other check, and a card may flip bits.
  private static func check(_ bytes: ArraySlice<UInt8>) -> UInt8 {
    var hash: UInt32 = 0x811C_9DC5
    for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return UInt8(truncatingIfNeeded: (hash >> 16 ^ hash) >> 8 ^ hash)
  }
}
