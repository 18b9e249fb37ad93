/// What one quantity was in a span of time: everything that a chart needs of it.
package struct SeriesCell: Hashable, Sendable {
  package private(set) var count: Int
  /// The sum of the values; the mean is that over ``count``.
  package private(set) var sum: Double
  package private(set) var minimum: Double
  package private(set) var maximum: Double
  package private(set) var first: Double
  package private(set) var last: Double
  /// When the first and the last value were heard, in nanoseconds since 1970.
  package private(set) var firstTime: Int64
  package private(set) var lastTime: Int64

  package var mean: Double { sum / Double(count) }

  /// A cell of one value.
  package init(_ value: Double, at time: Int64) {
    self.init(
      count: 1, sum: value, minimum: value, maximum: value, first: value, last: value,
      firstTime: time, lastTime: time)
  }

  init(
    count: Int, sum: Double, minimum: Double, maximum: Double, first: Double, last: Double,
    firstTime: Int64, lastTime: Int64
  ) {
    self.count = count
    self.sum = sum
    self.minimum = minimum
    self.maximum = maximum
    self.first = first
    self.last = last
    self.firstTime = firstTime
    self.lastTime = lastTime
  }

  /// Takes note of a value, in whatever order they come.
  mutating func add(_ value: Double, at time: Int64) {
    count += 1
    sum += value
    minimum = min(minimum, value)
    maximum = max(maximum, value)
    if time < firstTime { (first, firstTime) = (value, time) }
    if time >= lastTime { (last, lastTime) = (value, time) }
  }

  /// Takes over what another cell has seen.
  mutating func merge(_ other: SeriesCell) {
    count += other.count
    sum += other.sum
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    if other.firstTime < firstTime { (first, firstTime) = (other.first, other.firstTime) }
    if other.lastTime >= lastTime { (last, lastTime) = (other.last, other.lastTime) }
  }
}
