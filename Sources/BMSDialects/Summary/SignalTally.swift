/// What the raw values of one signal were, over any number of frames.
struct SignalTally: Sendable {
  var count = 0
  /// Of raw values; a sum of whole numbers is exact up to 2^53.
  var sum = 0.0
  var minimum = Int64.max
  var maximum = Int64.min
  var first: Int64 = 0
  var last: Int64 = 0
  /// Ordinal numbers of the first and the last frame, to tell which of two signals came first.
  var firstFrame = Int.max
  var lastFrame = -1
  /// How often the value was one that stands for a raised alarm.
  var activeCount = 0

  /// Takes note of `weight` frames in a row with the same value, the last of which is `frame`.
  mutating func add(_ raw: Int64, weight: Int, lastFrame frame: Int, isActive: Bool) {
    if count == 0 {
      first = raw
      firstFrame = frame - weight + 1
    }
    count += weight
    sum += Double(raw) * Double(weight)
    minimum = min(minimum, raw)
    maximum = max(maximum, raw)
    last = raw
    lastFrame = frame
    if isActive { activeCount += weight }
  }

  /// Appends what was seen in a later part of the log, in which frames are counted from 0 again.
  mutating func append(_ later: SignalTally, framesBefore: Int) {
    guard later.count > 0 else { return }
    if count == 0 {
      first = later.first
      firstFrame = later.firstFrame + framesBefore
    }
    count += later.count
    sum += later.sum
    minimum = min(minimum, later.minimum)
    maximum = max(maximum, later.maximum)
    last = later.last
    lastFrame = later.lastFrame + framesBefore
    activeCount += later.activeCount
  }
}
