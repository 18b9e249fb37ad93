import CCounters
import Foundation

/// Holds the work that a frame costs, in instructions and allocations, against limits: neither
/// depends on how busy the machine is.
enum Check {
  /// Instructions a frame on x86-64, about a tenth above what was measured, and allocations in
  /// 1,000 frames.
  private static let limits: [(loop: Loop, instructions: Double, allocations: Double)] = [
    (.parse, 200, 0.1), (.sumUp, 100, 0.1), (.fields, 2000, 0.1),
  ]

  /// Prints a line for each loop.
  ///
  /// - Returns: Whether every loop kept to its limits.
  static func run() -> Bool {
    // What starting costs falls out of the difference between a long and a short run.
    guard let short = Workload.synthesised(frameCount: 20_000),
      let long = Workload.synthesised(frameCount: 220_000)
    else { return false }
    let frames = Double(long.frames.count - short.frames.count)
    var isKept = true
    for limit in limits {
      limit.loop.run(long)
      let (few, many) = (count(limit.loop, short), count(limit.loop, long))
      let instructions = (Double(many.instructions) - Double(few.instructions)) / frames
      let allocations = (Double(many.allocations) - Double(few.allocations)) / frames * 1000
      let isWithin =
        allocations <= limit.allocations && (!countsHere || instructions <= limit.instructions)
      isKept = isKept && isWithin
      print(
        isWithin ? "ok  " : "FAIL", limit.loop.rawValue + ":",
        many.instructions == 0
          ? "instructions not counted by this kernel,"
          : String(
            format: "%.1f instructions (at most %.0f) a frame,", instructions,
            limit.instructions),
        String(
          format: "%.3f allocations (at most %.1f) in 1,000 frames", max(0, allocations),
          limit.allocations))
    }
    return isKept
  }

  private static func count(
    _ loop: Loop, _ workload: Workload
  ) -> (instructions: UInt64, allocations: UInt64) {
    let (instructions, allocations) = (counters_instructions(), counters_allocations())
    loop.run(workload)
    return (counters_instructions() - instructions, counters_allocations() - allocations)
  }

  /// Whether the limits of instructions are for this processor.
  private static var countsHere: Bool {
    #if arch(x86_64)
    true
    #else
    false
    #endif
  }
}
