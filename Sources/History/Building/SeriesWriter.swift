import FrameStore

/// Collects samples into the cells of every grid, and keeps those in the recording's caches.
struct SeriesWriter: ~Copyable {
  private let store: FrameStore
  private var series: [OpenSeries] = []
  private var numbers: [SeriesName: Int] = [:]
  /// How many of the names are in the recording's cache.
  private var keptNames = 0

  init(_ store: FrameStore) { self.store = store }

  /// The number of a series, for ``add(_:at:to:)``.
  mutating func series(_ name: SeriesName) throws(StoreError) -> Int {
    if series.isEmpty { try readNames() }
    if let number = numbers[name] { return number }
    return insert(name)
  }

  private mutating func readNames() throws(StoreError) {
    let known = try store.cached(SeriesName.cache, 0...Int64.max)
    // One that cannot be read keeps its number, and gets nothing.
    for entry in known {
      if let name = SeriesName(entry.value) { numbers[name] = series.count }
      series.append(OpenSeries(series.count))
    }
    keptNames = known.count
  }

  private mutating func insert(_ name: SeriesName) -> Int {
    numbers[name] = series.count
    series.append(OpenSeries(series.count))
    return series.count - 1
  }

  @inline(__always)
  mutating func add(_ value: Double, at time: Int64, to number: Int) throws(StoreError) {
    try series[number].add(value, at: time, store)
  }

  /// Everything that was added, as entries for the recording's caches; begins anew with that.
  mutating func takeEntries() throws(StoreError) -> [CacheEntry] {
    var entries = numbers.filter { $0.value >= keptNames }.map { name, number in
      CacheEntry(name: SeriesName.cache, key: Int64(number), value: name.bytes)
    }
    keptNames = series.count
    for series in series { try series.close(store) }
    for grid in CellGrid.all {
      var chunks: [Int64: [Int64: [UInt8]]] = [:]
      for series in series {
        for (chunk, bytes) in series.takeChunks(grid) {
          chunks[chunk, default: [:]][series.number] = bytes
        }
      }
      for (chunk, fresh) in chunks.sorted(by: { $0.key < $1.key }) {
        var pack = try ChunkPack.kept(chunk, grid, store)
        pack.replace(fresh)
        entries.append(CacheEntry(name: grid.cache, key: chunk, value: pack.bytes))
      }
    }
    return entries
  }
}

extension ChunkPack {
  /// The pack that the recording has; an empty one if it has none.
  fileprivate static func kept(
    _ chunk: Int64, _ grid: CellGrid, _ store: FrameStore
  ) throws(StoreError) -> ChunkPack {
    let kept = try store.cached(grid.cache, chunk...chunk).first
    return kept.map { ChunkPack($0.value) } ?? ChunkPack()
  }
}

/// What a series has got since the last commit.
///
/// A class, so that it is not copied for each sample.
private final class OpenSeries {
  let number: Int64
  private var grids = CellGrid.all.map(OpenGrid.init)
  /// The finest cell that samples are being added to, and the times that belong to it.
  private var cell: SeriesCell?
  private var times: Range<Int64> = 0..<0

  init(_ number: Int) { self.number = Int64(number) }

  @inline(__always)
  func add(_ value: Double, at time: Int64, _ store: FrameStore) throws(StoreError) {
    if times.contains(time) {
      cell?.add(value, at: time)
    } else {
      try begin(SeriesCell(value, at: time), store)
    }
  }

  private func begin(_ fresh: SeriesCell, _ store: FrameStore) throws(StoreError) {
    if let cell { try close(cell, 0, store) }
    let grid = CellGrid.all[0]
    let start = grid.cell(at: fresh.firstTime) * grid.width
    times = start..<start + grid.width
    cell = fresh
  }

  /// Takes a cell that is over into a grid's chunk, and into the open cell of the next grid.
  private func close(_ cell: SeriesCell, _ level: Int, _ store: FrameStore) throws(StoreError) {
    try grids[level].keep(cell, number, store)
    guard level + 1 < grids.count else { return }
    if let wider = grids[level + 1].open(cell) { try close(wider, level + 1, store) }
  }

  /// Closes every cell, so that everything is in chunks.
  func close(_ store: FrameStore) throws(StoreError) {
    if let cell { try close(cell, 0, store) }
    (cell, times) = (nil, 0..<0)
    for level in grids.indices.dropFirst() {
      if let wider = grids[level].takeOpen() { try close(wider, level, store) }
    }
  }

  /// The chunks of a grid that have changed, as they are kept.
  func takeChunks(_ grid: CellGrid) -> [Int64: [UInt8]] { grids[grid.level].takeChunks() }
}

/// One grid of a series: the cell that is open, and the chunks that have changed.
private struct OpenGrid {
  private let grid: CellGrid
  private var number: Int64 = 0
  private var cell: SeriesCell?
  private var chunkNumber: Int64 = 0
  private var chunk: CellChunk?
  /// Chunks that were left for others, as they will be kept.
  private var left: [Int64: [UInt8]] = [:]

  init(_ grid: CellGrid) { self.grid = grid }

  /// Adds a finer grid's cell to the open one.
  ///
  /// - Returns: The cell that was open, if this is another one's.
  mutating func open(_ finer: SeriesCell) -> SeriesCell? {
    let next = grid.cell(at: finer.firstTime)
    guard let old = cell, next != number else {
      number = next
      if cell == nil { cell = finer } else { cell?.merge(finer) }
      return nil
    }
    (number, cell) = (next, finer)
    return old
  }

  mutating func takeOpen() -> SeriesCell? {
    defer { cell = nil }
    return cell
  }

  mutating func keep(
    _ cell: SeriesCell, _ series: Int64, _ store: FrameStore
  ) throws(StoreError) {
    let (next, place) = grid.chunk(of: grid.cell(at: cell.firstTime))
    if chunk == nil || next != chunkNumber {
      leave()
      var bytes = left[next]
      if bytes == nil { bytes = try ChunkPack.kept(next, grid, store).chunks[series] }
      chunk = bytes.flatMap { CellChunk($0, next, of: grid) } ?? CellChunk()
      chunkNumber = next
    }
    chunk?.merge(cell, at: place)
  }

  private mutating func leave() {
    if let chunk { left[chunkNumber] = chunk.encoded(chunkNumber, of: grid) }
    chunk = nil
  }

  mutating func takeChunks() -> [Int64: [UInt8]] {
    leave()
    defer { left = [:] }
    return left
  }
}
