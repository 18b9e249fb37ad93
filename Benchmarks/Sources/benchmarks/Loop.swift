import BMSDialects
import CANFrames

/// An inner loop of Busbar.
enum Loop: String, CaseIterable, CustomStringConvertible {
  case parse
  case summary
  case fields
  /// Nothing, to count what making the workload takes.
  case none

  /// Those that do something.
  static let allCases: [Loop] = [.parse, .summary, .fields]

  var description: String {
    switch self {
    case .parse: "parse a log of candump -l"
    case .summary: "decode and sum up, frames in memory"
    case .fields: "decode to fields, frames in memory"
    case .none: "nothing"
    }
  }

  func run(_ workload: Workload) {
    switch self {
    case .none: break
    case .parse: _ = Workload.parse(workload.log)
    case .summary:
      var summary = DialectSummary(workload.dialect, product: [:])
      summary.add(workload.frames)
      summary.finish()
    case .fields:
      var decoder = DialectDecoder(workload.dialect)
      var fields: [DecodedField] = []
      for frame in workload.frames { _ = decoder.decode(frame, into: &fields) }
    }
  }
}
