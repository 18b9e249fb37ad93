import BatteryModel
import FrameStore

/// Collects samples into the cells of every grid, and keeps those in the recording's caches.
struct SeriesWriter: ~Copyable {
  private struct Place: Hashable {
    var series: Int
    var level: Int
    var chunk: Int64
  }

  /// Cells of the finest grid that samples are being added to; one for each series.
  private struct Open {
    var number: Int64
    var cell: SeriesCell
  }

  private let store: FrameStore
  private var names: [SeriesName] = []
  private var numbers: [SeriesName: Int] = [:]
  private var open: [Open?] = []
  private var chunks: [Place: CellChunk] = [:]
  private var compressor = ZstdCompressor(level: 6)
  private let decompressor = ZstdDecompressor()

  init(_ store: FrameStore) { self.store = store }

  /// The number of a series, for ``add(_:at:to:)``.
  mutating func series(_ name: SeriesName) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = names.count
    names.append(name)
    open.append(nil)
    return names.count - 1
  }

  mutating func add(_ value: Double, at time: Int64, to series: Int) throws(StoreError) {
    let number = CellGrid.all[0].cell(at: time)
    if open[series]?.number == number {
      open[series]?.cell.add(value, at: time)
      return
    }
    try close(series)
    open[series] = Open(number: number, cell: SeriesCell(value, at: time))
  }

  /// Adds an open cell to the chunks of every grid.
  private mutating func close(_ series: Int) throws(StoreError) {
    guard let closed = open[series] else { return }
    open[series] = nil
    for grid in CellGrid.all {
      let (chunk, place) = grid.chunk(of: grid.cell(at: closed.cell.firstTime))
      let key = Place(series: series, level: grid.level, chunk: chunk)
      if chunks[key] == nil { chunks[key] = try load(key, grid) }
      chunks[key]?.merge(closed.cell, at: place)
    }
  }

  private func load(_ key: Place, _ grid: CellGrid) throws(StoreError) -> CellChunk {
    let kept = try store.cached(names[key.series].cache(grid), key.chunk...key.chunk).first
    var buffer: [UInt8] = []
    return kept.flatMap { CellChunk($0.value, decompressor, buffer: &buffer) } ?? CellChunk()
  }

  /// Everything that was added, as entries for the recording's caches; begins anew with that.
  mutating func takeEntries() throws(StoreError) -> [CacheEntry] {
    for series in names.indices { try close(series) }
    var entries: [CacheEntry] = []
    for (key, chunk) in chunks {
      entries.append(
        CacheEntry(
          name: names[key.series].cache(CellGrid(level: key.level)), key: key.chunk,
          value: chunk.encoded(&compressor)))
    }
    chunks.removeAll(keepingCapacity: true)
    return entries
  }
}
