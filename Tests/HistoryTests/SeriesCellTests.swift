import FrameStore
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

  @Test("a chunk comes back as it was kept, and damaged bytes are no chunk")
  func chunks() throws {
    var chunk = CellChunk()
    for place in [0, 1, 17, 255] {
      var cell = SeriesCell(Double(place) / 3, at: Int64(place) * 1_000_000)
      cell.add(-4.25, at: Int64(place) * 2_000_000)
      chunk.merge(cell, at: place)
    }
    var compressor = ZstdCompressor(level: 6)
    let bytes = chunk.encoded(&compressor)
    let decompressor = ZstdDecompressor()
    var buffer: [UInt8] = []
    let read = try #require(CellChunk(bytes, decompressor, buffer: &buffer))
    #expect(read.cells == chunk.cells)
    for cut in 0..<bytes.count {
      #expect(CellChunk(Array(bytes[..<cut]), decompressor, buffer: &buffer) == nil)
    }
  }
}
