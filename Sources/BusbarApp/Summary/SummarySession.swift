import BMSDialects
import BatteryModel
package import CANFrames
package import CANInterfaces
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
    package var tally: FrameTally
    package var counts: LogCounts
  }

  /// Reads the whole log; a second time if a bus is heard only after the log's beginning.
  package func run() async throws -> Outcome {
    let (beginnings, names, canBeCut, isWhole) = try lookAhead { beginnings, _ in
      beginnings.isEnough
    }
    let judged = beginnings.buses.indices.filter {
      isWhole || !choice.isAutomatic || beginnings.canBeJudged($0)
    }
    let known = entries(of: beginnings, judged, names)
    var (summaries, outcome) = try await sumUp(BusSummaries(known), canBeCut)
    let heard = judged.filter { !beginnings.buses[$0].frames.isEmpty }
    let late = Set(summaries.leftOut.keys).subtracting(heard.map { names[UInt8($0)] ?? "-" })
    if !late.isEmpty {
      let (beginnings, names, _, _) = try lookAhead { beginnings, names in
        late.allSatisfy { bus in
          names.names.firstIndex { $0 ?? "-" == bus }.map(beginnings.isEnough(of:)) ?? false
        }
      }
      let wanted = beginnings.buses.indices.filter { late.contains(names[UInt8($0)] ?? "-") }
      let others = entries(of: beginnings, wanted, names)
      summaries.complete(with: try await sumUp(BusSummaries(others), canBeCut).summaries)
    }
    if summaries.entries.isEmpty { throw SummaryError.noDialect(name: name) }
    outcome.tally.frames = summaries.frameCount
    outcome.text = SummaryText.text(summaries)
    for (bus, count) in summaries.leftOut.sorted(by: { $0.key < $1.key }) {
      notices.tell(
        "\(name): \(count) frame\(count == 1 ? " is" : "s are") not summed up: no dialect was found "
          + "for \(bus); --dialect NAME sums up every bus with one")
    }
    return outcome
  }

  private func sumUp(
    _ empty: BusSummaries, _ canBeCut: Bool
  ) async throws -> (summaries: BusSummaries, outcome: Outcome) {
    guard canBeCut else { return try sumUpWhole(empty) }
    let slices = try LogSlice.slices(of: path, count: threads)
    let results = try await withThrowingTaskGroup(of: (Int, LogSlice.Result).self) { group in
      for (index, slice) in slices.enumerated() {
        group.addTask { (index, try slice.read(into: empty)) }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    var summaries = empty
    var outcome = Outcome(text: "", tally: FrameTally(), counts: LogCounts())
    for index in slices.indices {
      guard let result = results[index] else { continue }
      summaries.append(result.summaries)
      outcome.counts.rejections.append(
        result.rejections, linesBefore: outcome.counts.lineCount)
      outcome.counts.lineCount += result.lineCount
      outcome.tally.lost += result.lost
    }
    return (summaries, outcome)
  }

  /// Sums up a log that can only be read from its beginning to its end.
  private func sumUpWhole(
    _ empty: BusSummaries
  ) throws -> (summaries: BusSummaries, outcome: Outcome) {
    var source = try open()
    var summaries = empty
    var outcome = Outcome(text: "", tally: FrameTally(), counts: LogCounts())
    var batch = FrameBatch()
    var state = SourceState.open
    while state == .open {
      batch.removeAll()
      state = try source.read(into: &batch, waitingMilliseconds: 1000)
      summaries.add(batch, buses: source.buses)
      outcome.tally.lost += batch.lostFrames
    }
    summaries.finish()
    outcome.counts = source.counts
    return (summaries, outcome)
  }

  /// Opens the log, which is read more than once.
  ///
  /// - Throws: ``SummaryError/notAFile(name:)`` for a pipe, whose content can be had only once.
  private func open() throws -> FileSource {
    var status = stat()
    if unsafe stat(path, &status) == 0, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) {
      throw SummaryError.notAFile(name: name)
    }
    return try FileSource(path, inputFormat: inputFormat, secondsEastOfUTC: secondsEastOfUTC)
  }

  /// Looks at the first frames of each bus, and finds out whether the log's lines are candump's,
  /// which can be read from the middle.
  ///
  /// - Parameter isDone: Whether reading may end; the log is read to its end if need be.
  /// - Returns: What was heard of each bus, their names, whether the log can be cut, and whether all
  ///   of it was read.
  /// - Throws: If the log cannot be read.
  private func lookAhead(
    until isDone: (BusBeginnings, BusNames) -> Bool
  ) throws -> (beginnings: BusBeginnings, names: BusNames, canBeCut: Bool, isWhole: Bool) {
    var source = try open()
    var beginnings = BusBeginnings(isVerdictEnough: false)
    var batch = FrameBatch()
    var state = SourceState.open
    while state == .open, !isDone(beginnings, source.buses) {
      batch.removeAll()
      state = try source.read(into: &batch, waitingMilliseconds: 1000)
      beginnings.take(batch, now: 0)
    }
    return (beginnings, source.buses, source.canBeCut, state != .open)
  }

  /// What the buses speak, and their products; nothing for one without a dialect.
  private func entries(
    of beginnings: BusBeginnings, _ wanted: [Int], _ names: BusNames
  ) -> [BusSummaries.Entry] {
    wanted.compactMap { index in
      let ahead = beginnings.buses[index]
      let bus = names[UInt8(index)]
      guard !ahead.frames.isEmpty || beginnings.buses.count == 1,
        let dialect = dialect(ahead.census, name: names.names.count > 1 ? bus ?? "-" : name)
      else { return nil }
      let product = DialectDecoder(dialect, learningFrom: ahead.frames).product
      return .init(bus: bus, summary: DialectSummary(dialect, product: product))
    }
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
  case notAFile(name: String)

  package var description: String {
    switch self {
    case .noDialect(let name):
      "\(name): nothing to sum up without a dialect; give one with --dialect"
    case .notAFile(let name):
      "\(name): a summary reads the log more than once, and this is a pipe; save it to a file first"
    }
  }
}
