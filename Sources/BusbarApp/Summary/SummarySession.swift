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
  private let inputFormat: LogFormat?
  private let secondsEastOfUTC: Int

  /// - Parameters:
  ///   - path: A log file.
  ///   - inputFormat: Its format; `nil` to find that out.
  ///   - secondsEastOfUTC: The zone of dates in it that do not name one.
  ///   - choice: The dialect, or that it is to be found out.
  ///   - threads: How many parts are read side by side, if lines of candump's can be counted on.
  ///   - name: What to call the log in notices.
  ///   - notices: Where to tell people what happens.
  package init(
    _ path: String, inputFormat: LogFormat? = nil, secondsEastOfUTC: Int = 0,
    choice: DialectChoice, threads: Int, name: String, notices: any Notices
  ) {
    self.path = path
    self.inputFormat = inputFormat
    self.secondsEastOfUTC = secondsEastOfUTC
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
    /// Whether dates without a zone were read.
    package var hasZonelessDates = false
  }

  /// Reads the whole log.
  package func run() async throws -> Outcome {
    let (empty, canBeCut) = try lookAhead()
    guard canBeCut else { return try sumUpWhole(empty) }
    let slices = try LogSlice.slices(of: path, count: threads)
    let results = try await withThrowingTaskGroup(of: (Int, LogSlice.Result).self) { group in
      for (index, slice) in slices.enumerated() {
        group.addTask { (index, try slice.read(into: empty)) }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    var summaries = empty
    var outcome = Outcome(text: "", rejections: RejectionTally(), lineCount: 0, tally: FrameTally())
    for index in slices.indices {
      guard let result = results[index] else { continue }
      summaries.append(result.summaries)
      outcome.rejections.append(result.rejections, linesBefore: outcome.lineCount)
      outcome.lineCount += result.lineCount
      outcome.tally.lost += result.lost
    }
    finish(&outcome, summaries)
    return outcome
  }

  /// Sums up a log that can only be read from its beginning to its end.
  private func sumUpWhole(_ empty: BusSummaries) throws -> Outcome {
    var source = try open()
    var summaries = empty
    var outcome = Outcome(text: "", rejections: RejectionTally(), lineCount: 0, tally: FrameTally())
    var batch = FrameBatch()
    var state = SourceState.open
    while state == .open {
      batch.removeAll()
      state = try source.read(into: &batch, waitingMilliseconds: 1000)
      summaries.add(batch, buses: source.buses)
      outcome.tally.lost += batch.lostFrames
    }
    summaries.finish()
    outcome.rejections = source.rejections
    outcome.lineCount = source.lineCount
    outcome.hasZonelessDates = source.hasZonelessDates
    finish(&outcome, summaries)
    return outcome
  }

  private func finish(_ outcome: inout Outcome, _ summaries: BusSummaries) {
    outcome.tally.frames = summaries.frameCount
    outcome.text = SummaryText.text(summaries)
    for (bus, count) in summaries.leftOut.sorted(by: { $0.key < $1.key }) {
      notices.tell(
        "\(name): \(count) frame\(count == 1 ? " is" : "s are") not summed up: no dialect was found "
          + "for \(bus); --dialect NAME sums up every bus with one")
    }
  }

  private func open() throws(SourceError) -> FileSource {
    try FileSource(path, inputFormat: inputFormat, secondsEastOfUTC: secondsEastOfUTC)
  }

  /// Finds each bus's dialect and product in the log's first frames, and whether its lines are
  /// candump's, which can be read from the middle.
  private func lookAhead() throws -> (BusSummaries, canBeCut: Bool) {
    var source = try open()
    var beginning = LogBeginning()
    var batch = FrameBatch()
    var state = SourceState.open
    while state == .open, !beginning.isEnough {
      batch.removeAll()
      state = try source.read(into: &batch, waitingMilliseconds: 1000)
      beginning.take(batch)
    }
    let isCandump = source.format == .candump || source.format == .candumpText
    return (
      try summaries(beginning.buses, source.buses),
      isCandump && source.compression == nil && !source.hasZonelessDates
    )
  }

  private func summaries(_ buses: [LookAhead], _ names: BusNames) throws -> BusSummaries {
    var entries: [BusSummaries.Entry] = []
    for (index, ahead) in buses.enumerated() {
      let bus = names[UInt8(index)]
      guard let dialect = dialect(ahead.census, name: buses.count > 1 ? bus ?? name : name) else {
        continue
      }
      var decoder = DialectDecoder(dialect)
      var fields: [DecodedField] = []
      for frame in ahead.batch.frames { _ = decoder.decode(frame, into: &fields) }
      entries.append(.init(bus: bus, summary: DialectSummary(dialect, product: decoder.product)))
    }
    guard case .fixed(let dialect) = choice else {
      guard !entries.isEmpty else { throw SummaryError.noDialect(name: name) }
      return BusSummaries(entries, others: nil)
    }
    return BusSummaries(entries, others: dialect)
  }

  private func dialect(_ census: BusCensus, name: String) -> Dialect? {
    switch choice {
    case .fixed(let dialect): return dialect
    case .automatic:
      let verdict = BusVerdict(census)
      notices.tell(DialectNotice.text(verdict, name: name))
      return verdict.best?.dialect
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
