import BMSDialects
import DBC
import Foundation

/// Measures the inner loops.
///
///     benchmarks time LOG FILE.dbc [PASSES]   how long they take on a log of candump -l
///     benchmarks allocations                  whether they allocate more than they may
///     benchmarks run LOOP FRAMES              one of them, once, for a tool that counts
@main
struct Benchmarks {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    switch (arguments.first, arguments.count) {
    case ("allocations", 1): exit(Allocations.check() ? 0 : 1)
    case ("run", 3):
      guard let loop = Loop(rawValue: arguments[2]), let count = Int(arguments[3]),
        let workload = Workload.synthesised(frameCount: count)
      else { fallthrough }
      loop.run(workload)
    case ("time", 3...4):
      let passes = arguments.count > 3 ? Int(arguments[4]) ?? 15 : 15
      try time(log: arguments[2], dbc: arguments[3], passes: passes)
    default:
      FileHandle.standardError.write(
        Data("usage: benchmarks time LOG FILE.dbc [PASSES] | allocations | run LOOP FRAMES\n".utf8))
      exit(2)
    }
  }

  private static func time(log: String, dbc: String, passes: Int) throws {
    let log = [UInt8](try Data(contentsOf: URL(fileURLWithPath: log)))
    let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: dbc)))
    let workload = Workload(log: log, dialect: try Dialect(DBCFile(parsing: file, name: dbc)))
    for loop in Loop.allCases { report(loop, workload, passes) }
  }

  /// Prints the median and the best of `passes` runs, in nanoseconds a frame.
  private static func report(_ loop: Loop, _ workload: Workload, _ passes: Int) {
    let times = (0..<passes).map { _ in
      let time = ContinuousClock().measure { loop.run(workload) }.components
      return Double(time.seconds) * 1e9 + Double(time.attoseconds) / 1e9
    }.sorted().map { $0 / Double(workload.frames.count) }
    print(
      "\(loop):",
      String(format: "%.1f ns a frame, best %.1f", times[times.count / 2], times[0]))
  }
}
