/// How time is cut into cells: five grids, each eight times as wide as the one before.
///
/// A chart reads the widest grid that is still finer than its buckets, so that it costs the same
/// for a day and for ten years. Cells begin at multiples of their width since 1970.
package struct CellGrid: Hashable, Sendable {
  /// 0 for the finest, with cells of 45 seconds, to ``coarsest``, with cells of 51 hours.
  package let level: Int

  package static let coarsest = 4
  /// The width of the finest grid's cells, in nanoseconds.
  static let finestWidth: Int64 = 45_000_000_000
  /// How many cells are kept together.
  static let cellsInChunk: Int64 = 512

  package init(level: Int) {
    precondition((0...Self.coarsest).contains(level), "there is no grid \(level)")
    self.level = level
  }

  package static let all = (0...coarsest).map { CellGrid(level: $0) }

  /// The width of a cell in nanoseconds.
  package var width: Int64 { Self.finestWidth << Int64(3 * level) }

  /// The number of the cell that a time lies in; negative before 1970.
  package func cell(at time: Int64) -> Int64 { Self.floor(time, width) }

  /// The number of the chunk that a cell lies in, and its place there.
  func chunk(of cell: Int64) -> (chunk: Int64, place: Int) {
    let chunk = Self.floor(cell, Self.cellsInChunk)
    return (chunk, Int(cell - chunk * Self.cellsInChunk))
  }

  /// The name of the cache that holds a ``ChunkPack`` for each chunk, under the chunk's number.
  var cache: String { "cells \(level)" }

  /// When a cell begins, by its chunk and its place there.
  func start(of chunk: Int64, _ place: Int) -> Int64 {
    (chunk * Self.cellsInChunk + Int64(place)) * width
  }

  /// `number / width`, rounded down also below 0.
  static func floor(_ number: Int64, _ width: Int64) -> Int64 {
    let quotient = number / width
    return number % width < 0 ? quotient - 1 : quotient
  }
}
