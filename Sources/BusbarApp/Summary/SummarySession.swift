import BMSDialects
import BatteryModel
package import CANFrames
import CANInterfaces
import Foundation

/// Sums up a log: what `busbar decode --format summary` does, on as many cores as there are.
package struct SummarySession {
  private let path: String
  private let choice: DialectChoice
  private let threads: Int
  private let name: String
  private let notices: any Notices

  /// - Parameters:
  ///   - path: A log file; `-` for standard input, which is read on one thread.
  ///   - choice: The dialect, or that it is to be found out.
  ///   - threads: How many parts are read side by side.
  ///   - name: What to call the log in notices.
  ///   - notices: Where to tell people what happens.
  package init(
    _ path: String, choice: DialectChoice, threads: Int, name: String, notices: any Notices
  ) {
    self.path = path
    self.choice = choice
    self.threads = threads
    self.name = name
    self.notices = notices
  }

  /// What a log came to.
  package struct Outcome {
    package var text: String
    package var rejections: RejectionTally
    package var lineCount: Int
    package var tally: FrameTally
  }

  /// Reads the whole log.
  package func run() async throws -> Outcome {
    let (dialect, product) = try lookAhead()
    let slices = try LogSlice.slices(of: path, count: threads)
    let empty = DialectSummary(dialect, product: product)
    let results = try await withThrowingTaskGroup(of: (Int, LogSlice.Result).self) { group in
      for (index, slice) in slices.enumerated() {
        group.addTask { (index, try slice.read(into: empty)) }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    var summary = empty
    var outcome = Outcome(text: "", rejections: RejectionTally(), lineCount: 0, tally: FrameTally())
    for index in slices.indices {
      guard let result = results[index] else { continue }
      summary.append(result.summary)
      outcome.rejections.append(result.rejections, linesBefore: outcome.lineCount)
      outcome.lineCount += result.lineCount
      outcome.tally.lost += result.lost
    }
    outcome.tally.frames = summary.frameCount
    outcome.text = SummaryText.text(summary)
    return outcome
  }

  /// Finds the dialect and the product in the log's first frames.
  private func lookAhead() throws -> (Dialect, [BatteryQuantity: String]) {
    var source = try FileSource(path)
    var ahead = LookAhead()
    var batch = FrameBatch()
    var state = SourceState.open
    var isEnough = false
    while state == .open, !isEnough {
      batch.removeAll()
      state = try source.read(into: &batch, waitingMilliseconds: 1000)
      isEnough = ahead.take(batch, now: 0, isVerdictEnough: false)
    }
    let dialect = try dialect(ahead.census)
    var decoder = DialectDecoder(dialect)
    var fields: [DecodedField] = []
    for frame in ahead.batch.frames { _ = decoder.decode(frame, into: &fields) }
    return (dialect, decoder.product)
  }

  private func dialect(_ census: BusCensus) throws -> Dialect {
    switch choice {
    case .fixed(let dialect): return dialect
    case .automatic:
      let verdict = BusVerdict(census)
      notices.tell(DialectNotice.text(verdict, name: name))
      guard let dialect = verdict.best?.dialect else { throw SummaryError.noDialect(name: name) }
      return dialect
    }
  }
}

/// Why a log cannot be summed up.
package enum SummaryError: Error, CustomStringConvertible {
  case noDialect(name: String)

  package var description: String {
    switch self {
    case .noDialect(let name):
      "\(name): nothing to sum up without a dialect; give one with --dialect"
    }
  }
}
