import CCounters

/// Counts the blocks of memory that a loop allocates, which no load of the machine changes.
enum Allocations {
  /// What a loop may allocate in 1,000 frames: room that grows now and then, nothing for a frame.
  private static let limit = 0.1

  /// Prints a line for each loop.
  ///
  /// - Returns: Whether every loop kept to the limit.
  static func check() -> Bool {
    // What starting costs falls out of the difference between a long and a short run.
    guard let short = Workload.synthesised(frameCount: 20_000),
      let long = Workload.synthesised(frameCount: 220_000)
    else { return false }
    var isKept = true
    for loop in Loop.allCases {
      loop.run(long)
      let more = Double(count(loop, long)) - Double(count(loop, short))
      let rate = max(0, more / Double(long.frames.count - short.frames.count) * 1000)
      isKept = isKept && rate <= limit
      print(
        "\(rate <= limit ? "ok  " : "FAIL") \(loop): \(rate) allocations in 1,000 frames,",
        "at most \(limit)")
    }
    return isKept
  }

  private static func count(_ loop: Loop, _ workload: Workload) -> UInt64 {
    let before = counters_allocations()
    loop.run(workload)
    return counters_allocations() - before
  }
}
