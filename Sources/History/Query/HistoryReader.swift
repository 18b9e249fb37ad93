import BMSDialects
import BatteryModel
import Foundation
package import FrameStore

/// Answers questions about a recording: from what ``HistoryBuilder`` has made of it, and from the
/// frames themselves for the newest minutes and for spans that are shorter than a cell.
package struct HistoryReader: ~Copyable {
  private let store: FrameStore
  private let dialects: HistoryDialects
  /// How many of the newest blocks are looked at for buses that the history does not know yet.
  private static let newestBlocks = 8

  package init(_ store: FrameStore, _ dialects: HistoryDialects) {
    self.store = store
    self.dialects = dialects
  }

  /// The names of the buses that were recorded, in alphabetical order; empty for one without a name.
  package func buses() throws(StoreError) -> [String] {
    var names = Set(try HistoryBuilder.batteries(store, dialects).keys)
    let newest = try store.newestBlocks(Self.newestBlocks)
    for block in try newest + store.blocks(from: store.sealedEnd()).suffix(Self.newestBlocks) {
      for name in (try? block.directory())??.buses ?? [] { names.insert(name ?? "") }
    }
    return names.sorted()
  }

  /// Answers one query.
  package func answer(_ query: SeriesQuery) throws(StoreError) -> SeriesAnswer {
    var answer = SeriesAnswer(query)
    let span = answer.start..<(answer.start + answer.width * Int64(answer.buckets.count))
    guard let grid = answer.grid else {
      try readFrames(of: query.series, in: span, from: 0, into: &answer)
      return answer
    }
    let reach = try HistoryBuilder.reach(store, dialects)
    if reach > 0 { try readCells(of: query.series, grid, in: span, into: &answer) }
    try readFrames(of: query.series, in: span, from: reach, into: &answer)
    return answer
  }

  private func readCells(
    of series: SeriesName, _ grid: CellGrid, in span: Range<Int64>, into answer: inout SeriesAnswer
  ) throws(StoreError) {
    let known = try store.cached(SeriesName.cache, 0...Int64.max)
    guard let number = known.first(where: { $0.value == series.bytes })?.key else { return }
    let first = grid.chunk(of: grid.cell(at: span.lowerBound)).chunk
    let last = grid.chunk(of: grid.cell(at: span.upperBound - 1)).chunk
    for entry in try store.cached(grid.cache, first...last) {
      guard let bytes = ChunkPack(entry.value, where: { $0 == number }).chunks[number],
        let chunk = CellChunk(bytes, entry.key, of: grid)
      else { continue }
      for (place, cell) in chunk.cells.enumerated() {
        if let cell { answer.add(cell, at: grid.start(of: entry.key, place)) }
      }
    }
  }

  /// Adds what the frames behind a position say, of those streams only that tell the quantity or who
  /// the battery is.
  private func readFrames(
    of series: SeriesName, in span: Range<Int64>, from position: Int64,
    into answer: inout SeriesAnswer
  ) throws(StoreError) {
    let blocks = try store.blocks(in: span.lowerBound...(span.upperBound - 1), from: position)
    guard !blocks.isEmpty else { return }
    var frames = try SeriesFrames(store, dialects, series, from: span.lowerBound)
    for block in blocks { try frames.read(block, into: &answer) }
    frames.finish(&answer)
  }

  /// The events of a time range, in the order of their times.
  package func events(in times: ClosedRange<Int64>) throws(StoreError) -> [HistoryEvent] {
    guard try HistoryBuilder.reach(store, dialects) > 0 else { return [] }
    return try store.cached(HistoryBuilder.events, times).compactMap {
      try? JSONDecoder().decode(HistoryEvent.self, from: Data($0.value))
    }
  }
}
