/// Says when the next frame of a stream should come, from those before it.
///
/// BMS send each message at a fixed period by their own clock, and each frame comes a little early
/// or late. The predictor keeps the phase of that clock as a running mean, so that only the jitter
/// is left to be stored. After a pause it begins anew at the frame that ended it. Integers only:
/// whoever decodes must predict the same.
///
/// Times are in the block's unit, counted from the stream's first frame; `phase` and `period` have
/// eight more bits.
struct TimePredictor {
  /// What a stream's times are predicted with; it stands before its residuals.
  struct Settings: Hashable {
    /// Between two frames, in 1/256 of the block's unit.
    var period: Int64
    /// How slowly the phase follows: by the residual divided by `1 << smoothing`.
    var smoothing: UInt8
  }

  /// A block is shorter than this, in its unit, so that nothing below can overflow.
  static let longestSpan: Int64 = 1 << 50
  static let largestSmoothing: UInt8 = 16

  private let period: Int64
  private let smoothing: Int64
  private let limit: UInt64
  private var phase: Int64 = 0
  private var count: Int64 = 0

  init(_ settings: Settings) {
    period = settings.period
    smoothing = Int64(settings.smoothing)
    limit = UInt64(max(0, settings.period >> 9))
  }

  /// The time at which the next frame is expected.
  @inline(__always) var expected: Int64 { (phase &+ period) >> 8 }

  /// Takes in that the next frame came `residual` after the expected time.
  @inline(__always) mutating func advance(_ residual: Int64) {
    count &+= 1
    if residual.magnitude > limit {
      phase = (expected &+ residual) << 8
    } else {
      // A mean of few frames first: the first frame is no better than any other.
      let warmth = Int64(64 &- count.leadingZeroBitCount)
      phase = phase &+ period &+ (residual << 8) >> min(smoothing, warmth)
    }
  }
}

extension TimePredictor {
  /// The settings that leave the least to be stored of a stream.
  ///
  /// - Parameters:
  ///   - times: Of its frames, from the first.
  ///   - residuals: What is left with those settings, one less than there are times.
  /// - Returns: The settings.
  static func best(for times: Span<Int64>, residuals: inout [Int64]) -> Settings {
    let period = period(of: times)
    // Chosen by a piece: a stream does not change its manner within a block.
    let piece = times.extracting(first: min(times.count, 512))
    var best = Settings(period: period, smoothing: 0)
    var leastBits = Int.max
    for smoothing: UInt8 in [0, 3, 5, 7] {
      let settings = Settings(period: period, smoothing: smoothing)
      fill(&residuals, piece, settings)
      var bits = 0
      for residual in residuals { bits += 64 - residual.magnitude.leadingZeroBitCount }
      if bits < leastBits { (best, leastBits) = (settings, bits) }
    }
    fill(&residuals, times, best)
    return best
  }

  private static func fill(
    _ residuals: inout [Int64], _ times: Span<Int64>, _ settings: Settings
  ) {
    residuals.removeAll(keepingCapacity: true)
    guard times.count > 1 else { return }
    residuals.append(addingCapacity: times.count - 1) { output in
      var predictor = TimePredictor(settings)
      for index in 1..<times.count {
        let residual = times[index] &- predictor.expected
        predictor.advance(residual)
        output.append(residual)
      }
    }
  }

  /// The usual distance between two frames, in 1/256 of the unit: the mean of those distances that
  /// are near the median, so that a pause does not count.
  private static func period(of times: Span<Int64>) -> Int64 {
    guard times.count > 1 else { return 0 }
    var sample: [Int64] = []
    let step = max(1, times.count / 63)
    for index in stride(from: 1, to: times.count, by: step) {
      sample.append(times[index] - times[index - 1])
    }
    sample.sort()
    let median = sample[sample.count / 2]
    guard median > 0 else { return 0 }
    let near = (median - median / 4)...(median + median / 4)
    var sum: Int64 = 0
    var count: Int64 = 0
    for index in 1..<times.count {
      let distance = times[index] - times[index - 1]
      guard near.contains(distance) else { continue }
      sum += distance
      count += 1
    }
    // A span has 50 bits: with eight more it still fits.
    return count == 0 ? median << 8 : (sum << 8) / count
  }
}
