/// What the raw values of one signal were, over any number of frames.
struct SignalTally: Sendable {
  var count = 0
  var minimum = Int64.max
  var maximum = Int64.min
  var first: Int64 = 0
  var last: Int64 = 0
  /// Ordinal numbers of the first and the last frame, to tell which of two signals came first.
  var firstFrame = Int.max
  var lastFrame = -1
  /// How often the value was one that stands for a raised alarm.
  var activeCount = 0
  private var sum: Int64 = 0
  /// What did not fit into ``sum``, so that it stays exact as long as it can.
  private var overflow = 0.0

  /// The mean of the raw values; of none, it is not a number.
  var mean: Double { (overflow + Double(sum)) / Double(count) }

  /// Takes note of `weight` frames in a row with the same value, the last of which is `frame`.
  @inline(__always)
  mutating func add(_ raw: Int64, weight: Int, lastFrame frame: Int) {
    if count == 0 {
      first = raw
      firstFrame = frame - weight + 1
    }
    count &+= weight
    let (product, isTooLarge) = raw.multipliedReportingOverflow(by: Int64(weight))
    let (total, isTooMuch) = sum.addingReportingOverflow(product)
    if isTooLarge || isTooMuch {
      overflow += Double(raw) * Double(weight)
    } else {
      sum = total
    }
    minimum = min(minimum, raw)
    maximum = max(maximum, raw)
    last = raw
    lastFrame = frame
  }

  /// Appends what was seen in a later part of the log, in which frames are counted from 0 again.
  mutating func append(_ later: SignalTally, framesBefore: Int) {
    guard later.count > 0 else { return }
    if count == 0 {
      first = later.first
      firstFrame = later.firstFrame + framesBefore
    }
    count += later.count
    let (total, isTooMuch) = sum.addingReportingOverflow(later.sum)
    if isTooMuch { overflow += Double(later.sum) } else { sum = total }
    overflow += later.overflow
    minimum = min(minimum, later.minimum)
    maximum = max(maximum, later.maximum)
    last = later.last
    lastFrame = later.lastFrame + framesBefore
    activeCount += later.activeCount
  }
}
