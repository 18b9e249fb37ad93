import Testing

@testable import History

@Suite("Cells of a series")
struct SeriesCellTests {
  @Test("cells that are merged are what one cell of all values would be, in any order")
  func merges() {
    var values: [(Double, Int64)] = []
    for index in 0..<100 {
      let value = Double(index * 37 % 101) / 10
      values.append((value, Int64(index * 53 % 100)))
    }
    var whole = SeriesCell(values[0].0, at: values[0].1)
    for (value, time) in values.dropFirst() { whole.add(value, at: time) }
    var first = SeriesCell(values[0].0, at: values[0].1)
    for (value, time) in values[1..<40] { first.add(value, at: time) }
    var second = SeriesCell(values[40].0, at: values[40].1)
    for (value, time) in values[41...] { second.add(value, at: time) }
    second.merge(first)
    #expect(second.count == 100)
    #expect(abs(second.mean - whole.mean) < 1e-9)
    #expect(second.minimum == whole.minimum && second.maximum == whole.maximum)
    #expect(second.first == whole.first && second.last == whole.last)
    #expect(whole.firstTime == 0 && whole.lastTime == 99)
  }

  @Test("a time lies in one cell of each grid, also before 1970", arguments: 0...CellGrid.coarsest)
  func grids(level: Int) {
    let grid = CellGrid(level: level)
    for time in [Int64(0), -1, 1, grid.width, -grid.width, grid.width * 300 - 1] {
      let cell = grid.cell(at: time)
      #expect(cell * grid.width <= time && time < (cell + 1) * grid.width)
      let (chunk, place) = grid.chunk(of: cell)
      #expect(chunk * CellGrid.cellsInChunk + Int64(place) == cell)
      #expect((0..<Int(CellGrid.cellsInChunk)).contains(place))
    }
  }

  /// What the values of a series are like.
  enum Manner: CaseIterable { case steady, wandering, decimal, irrational, sparse, extreme }

  private static func value(_ manner: Manner, _ index: Int) -> Double {
    switch manner {
    case .steady: 28.7
    case .wandering: Double(2600 + index * 37 % 41) / 100
    case .decimal: Double(index % 3) / 1000
    case .irrational: Double(index).squareRoot()
    case .sparse: index % 97 == 0 ? -3.5 : 0
    case .extreme: index % 2 == 0 ? 1e18 : -1e-18
    }
  }

  @Test(
    "a chunk comes back as it was kept, times to a quarter of a cell", arguments: Manner.allCases,
    [CellGrid(level: 0), CellGrid(level: 3)])
  func chunks(manner: Manner, grid: CellGrid) throws {
    var chunk = CellChunk()
    for place in [0, 1, 17, 18, 19] + Array(60..<512) {
      let start = grid.start(of: -7, place)
      for index in 0..<20 {
        let time = start + grid.width * Int64(index) / 20
        let cell = SeriesCell(Self.value(manner, place * 20 + index), at: time)
        chunk.merge(cell, at: place)
      }
    }
    let bytes = chunk.encoded(-7, of: grid)
    let read = try #require(CellChunk(bytes, -7, of: grid))
    for (kept, cell) in zip(read.cells, chunk.cells) {
      #expect(kept?.count == cell?.count)
      #expect(kept?.minimum == cell?.minimum && kept?.maximum == cell?.maximum)
      #expect(kept?.first == cell?.first && kept?.last == cell?.last)
      guard let kept, let cell else { continue }
      #expect(abs(kept.sum - cell.sum) <= abs(cell.sum) * 1e-12)
      #expect((0..<grid.width / 4).contains(cell.firstTime - kept.firstTime))
      #expect((0..<grid.width / 4).contains(cell.lastTime - kept.lastTime))
    }
    if manner == .steady { #expect(bytes.count < 40) }
  }

  @Test("no bytes are a chunk but those that were kept")
  func damagedChunks() {
    let grid = CellGrid(level: 0)
    var chunk = CellChunk()
    for place in 0..<256 {
      chunk.merge(
        SeriesCell(Self.value(.wandering, place), at: grid.start(of: 5, place)), at: place)
    }
    let bytes = chunk.encoded(5, of: grid)
    var isTaken = 0
    for index in bytes.indices {
      if CellChunk(Array(bytes[..<index]), 5, of: grid) != nil { isTaken += 1 }
      for bit in 0..<8 {
        var damaged = bytes
        damaged[index] ^= 1 << UInt8(bit)
        if CellChunk(damaged, 5, of: grid) != nil { isTaken += 1 }
      }
    }
    // A check of a byte finds nearly all, and what it does not find is cells all the same.
    #expect(isTaken < bytes.count / 8)
  }

  @Test("columns of any numbers come back", arguments: 0..<200)
  func columns(seed: Int) {
    var state = UInt64(seed)
    let width = UInt64(seed % 65)
    let column = (0..<seed % 100).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 40 % 5 < 2
        ? Int64(bitPattern: width == 64 ? state : state >> (64 - width)) : 0
    }
    var writer = BitWriter()
    ColumnCoder.append(column, to: &writer)
    ColumnCoder.append([7], to: &writer)
    writer.finish()
    var reader = BitReader(writer.bytes, in: 0..<writer.bytes.count)
    #expect(ColumnCoder.next(column.count, from: &reader) == column)
    #expect(ColumnCoder.next(1, from: &reader) == [7])
    #expect(!reader.isExhausted && reader.isAtEnd)
  }

  @Test("a pack holds each series' chunk, the newest of each, and nothing of damaged bytes crashes")
  func packs() {
    var pack = ChunkPack()
    pack.replace([0: [1, 2, 3], 7: [], 300: Array(repeating: 9, count: 400)])
    pack.replace([7: [5]])
    let read = ChunkPack(pack.bytes)
    #expect(read.chunks == [0: [1, 2, 3], 7: [5], 300: Array(repeating: 9, count: 400)])
    for index in pack.bytes.indices {
      _ = ChunkPack(Array(pack.bytes[..<index]))
      var damaged = pack.bytes
      damaged[index] = 0xFF
      #expect(ChunkPack(damaged).chunks.values.allSatisfy { $0.count <= damaged.count })
    }
  }
}
