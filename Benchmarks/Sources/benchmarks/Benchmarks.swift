import BMSDialects
import CANFrames
import DBC
import Foundation

/// Times the inner loops on a log: `benchmarks LOG FILE.dbc [PASSES]`.
@main
struct Benchmarks {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else {
      print("usage: benchmarks LOG FILE.dbc [PASSES]")
      exit(2)
    }
    let log = [UInt8](try Data(contentsOf: URL(fileURLWithPath: arguments[1])))
    let dbc = [UInt8](try Data(contentsOf: URL(fileURLWithPath: arguments[2])))
    let passes = arguments.count > 3 ? Int(arguments[3]) ?? 15 : 15
    let dialect = try Dialect(DBCFile(parsing: dbc, name: arguments[2]))
    let frames = parse(log)
    report("parse a log of candump -l", frames.count, passes) { _ = parse(log) }
    report("decode and sum up, frames in memory", frames.count, passes) {
      var summary = DialectSummary(dialect, product: [:])
      summary.add(frames)
      summary.finish()
    }
    report("decode to fields, frames in memory", frames.count, passes) {
      var decoder = DialectDecoder(dialect)
      var fields: [DecodedField] = []
      for frame in frames { _ = decoder.decode(frame, into: &fields) }
    }
  }

  private static func parse(_ log: [UInt8]) -> [CANFrame] {
    var reader = CandumpReader()
    var batch = FrameBatch()
    batch.reserve(frames: log.count / 40)
    reader.read(log.span, into: &batch)
    reader.finish(into: &batch)
    return batch.frames
  }

  /// Prints the median and the best of `passes` runs, in nanoseconds a frame.
  private static func report(_ name: String, _ frames: Int, _ passes: Int, _ body: () -> Void) {
    let times = (0..<passes).map { _ in
      let time = ContinuousClock().measure(body).components
      return Double(time.seconds) * 1e9 + Double(time.attoseconds) / 1e9
    }.sorted().map { $0 / Double(frames) }
    print(
      name + ":",
      String(format: "%.1f ns a frame, best %.1f", times[times.count / 2], times[0]))
  }
}
