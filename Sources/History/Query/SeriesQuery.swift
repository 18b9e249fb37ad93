import BMSDialects
import BatteryModel
import CANFrames
import FrameStore

/// What one quantity was over a span of time, in equal buckets.
package struct SeriesQuery: Sendable {
  package var series: SeriesName
  /// In nanoseconds since 1970; what comes at the upper bound is not in it.
  package var times: Range<Int64>
  /// How many buckets there may be.
  package var mostBuckets: Int

  /// - Parameters:
  ///   - series: The quantity and the bus.
  ///   - times: The span, in nanoseconds since 1970.
  ///   - mostBuckets: At least 1; the answer has as many or somewhat fewer.
  package init(_ series: SeriesName, _ times: Range<Int64>, mostBuckets: Int) {
    self.series = series
    self.times = times
    self.mostBuckets = max(1, mostBuckets)
  }
}

/// The answer to a ``SeriesQuery``.
package struct SeriesAnswer: Sendable {
  /// When the first bucket begins, in nanoseconds since 1970: at a multiple of ``width``, so that
  /// the same chart a minute later has the same buckets.
  package var start: Int64
  /// The width of a bucket in nanoseconds.
  package var width: Int64
  /// The buckets; `nil` where nothing was heard.
  package var buckets: [SeriesCell?]

  init(_ query: SeriesQuery) {
    let span = max(1, query.times.upperBound - query.times.lowerBound)
    let exact = max(1, (span + Int64(query.mostBuckets) - 1) / Int64(query.mostBuckets))
    // Buckets are aligned, which can take one more; hence a little wider ones.
    let least = query.mostBuckets > 1 ? (span / Int64(query.mostBuckets - 1)) + 1 : exact
    grid =
      CellGrid.all.last { $0.width * 4 <= least }
      ?? (least >= CellGrid.finestWidth ? CellGrid.all[0] : nil)
    let unit = grid?.width ?? Self.niceUnit(least)
    width = (least + unit - 1) / unit * unit
    start = CellGrid.floor(query.times.lowerBound, width) * width
    let count = (query.times.upperBound - start + width - 1) / width
    buckets = [SeriesCell?](repeating: nil, count: max(1, Int(count)))
  }

  /// The grid whose cells make the buckets; `nil` for buckets that are finer than all of them.
  let grid: CellGrid?

  /// A decimal fraction of a second that is a tenth of `width` or less, so that buckets begin at
  /// round times.
  private static func niceUnit(_ width: Int64) -> Int64 {
    var unit: Int64 = 1
    while unit * 100 <= width { unit *= 10 }
    return unit
  }

  private func bucket(at time: Int64) -> Int? {
    let number = CellGrid.floor(time - start, width)
    return buckets.indices.contains(Int(number)) ? Int(number) : nil
  }

  mutating func add(_ cell: SeriesCell, at time: Int64) {
    guard let bucket = bucket(at: time) else { return }
    if buckets[bucket] == nil { buckets[bucket] = cell } else { buckets[bucket]?.merge(cell) }
  }
}
