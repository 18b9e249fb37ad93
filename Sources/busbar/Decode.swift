import ArgumentParser
import BusbarApp
import CANFrames
import CANInterfaces
import Foundation

/// `busbar decode`: frames to meaning.
struct Decode: AsyncParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case csv
    case summary
  }

  static let configuration = CommandConfiguration(
    abstract: "Decodes frames from a bus, a log or pasted text.",
    discussion: """
      SOURCE is a CAN interface (can0), an adapter or a server (slcan:/dev/ttyACM0?bitrate=500000, \
      gvret:/dev/ttyUSB0, gvret://host:23, socketcand://host:29536/can0, cannelloni://:20000), a \
      simulated battery (sim:rec-q), a log of any format, also compressed, or what somebody pasted, \
      or '-' for standard input. Nothing is ever sent on a bus. Each bus of a log, an \
      adapter or several sources is decoded for itself; several logs are merged by their times.

      'text' is a table with one row for each round of the BMS (V, A, degC, %, Ah), and what \
      changes in words; 'json' is one object a line for each frame; 'csv' has a row for each round \
      and a column for each quantity; 'summary' sums up a whole log: count, min, mean, max, first and \
      last of each quantity.

      Examples:
        busbar decode can0
        busbar decode can0 can1 slcan:/dev/ttyACM0
        busbar decode --format json - < pasted.txt
        busbar decode --format csv --dialect rec night.log > night.csv
        busbar decode --format summary year.log
        busbar decode --dialect their.dbc capture.log
      """)

  @Argument(
    help: ArgumentHelp(
      "CAN interfaces, adapters, log files, or '-'.", valueName: "source"), completion: .file())
  var sources: [String]

  @Option(help: "How to write what the frames mean: text, json, csv or summary.")
  var format = Format.text

  @OptionGroup var dialect: DialectOption
  @OptionGroup var log: LogOption

  @Option(
    help: ArgumentHelp(
      "How fast to read a log: 1 as recorded, N times as fast, or max.", valueName: "1|N|max"))
  var speed = ReplaySpeed.unlimited

  @Option(
    help: ArgumentHelp(
      "On how many cores a summary is made; all of them without this.", valueName: "number"))
  var threads: Int?

  @Flag(help: "End with status 1 if a line of the log is no frame.")
  var strict = false

  func run() async throws {
    let stop = try StopSignal.install()
    let choice = try dialect.choice()
    let specifications = try sources.map { word in try SourceSpecification(parsing: word) }
    if format == .summary { return try await sumUp(specifications, choice) }
    if specifications.count > 1 { return try decodeTogether(specifications, choice, stop) }
    let specification = specifications[0]
    switch specification {
    case .file(let path): try decodeLog(path, choice, name: path, stop)
    case .standardInput: try decodeLog("-", choice, name: "standard input", stop)
    case .interface, .serialLine, .gvret, .socketcand, .cannelloni, .simulator:
      try decodeBus(specification, choice, stop)
    }
  }

  private var notices: StandardErrorNotices { StandardErrorNotices() }

  private func decodeBus(
    _ specification: SourceSpecification, _ choice: DialectChoice, _ stop: CInt
  ) throws {
    tellListening([specification])
    let source = try log.open(specification, stop: stop) { notices.tell("\($0)") }
    var session = session(source, choice, "\(specification)")
    try session.run()
    try report([], session.tallies)
  }

  /// Decodes each bus of several sources for itself.
  private func decodeTogether(
    _ specifications: [SourceSpecification], _ choice: DialectChoice, _ stop: CInt
  ) throws {
    let isLive = specifications.contains { !$0.isLog }
    try checkTogether(choice, isLive: isLive)
    tellListening(specifications)
    let tell: RemarkListener = { StandardErrorNotices().tell("\($0)") }
    let source = try MergedSource(
      specifications, stop: stop, tell: tell,
      open: { [log] specification throws(SourceError) in
        try log.open(specification, stop: stop, tell: tell)
      })
    if speed == .unlimited {
      var session = session(source, choice, nil)
      try session.run()
      try report(session.source.logs, session.tallies)
    } else {
      let name = specifications.map(\.description).joined(separator: ", ")
      var session = session(
        try ReplaySource(source, name: name, speed: speed, stop: stop), choice, nil)
      try session.run()
      try report(session.source.log.logs, session.tallies)
    }
  }

  /// Refuses what cannot be had of several sources, and says what can.
  private func checkTogether(_ choice: DialectChoice, isLive: Bool) throws {
    if isLive, speed != .unlimited || strict {
      throw CommandFailure(
        "--speed and --strict are for logs, and there are buses among the sources", .wrongCommand)
    }
    if format == .csv, choice.isAutomatic { throw SeveralBusesError(buses: sources) }
  }

  /// Tells what was counted of each bus, and of each log what was no frame.
  private func report(
    _ logs: [(name: String, counts: LogCounts)], _ tallies: [(name: String, tally: FrameTally)]
  ) throws {
    // That all frames of a log with one bus were read needs no words.
    for (name, tally) in tallies where logs.isEmpty || tallies.count > 1 || tally.lost > 0 {
      notices.tell("\(name): \(tally.summary)")
    }
    for (name, counts) in logs { log.tell(counts, name: name) }
    let names = logs.map(\.name).joined(separator: ", ")
    if !logs.isEmpty, !tallies.contains(where: { $0.tally.frames > 0 }) {
      let lineCount = logs.reduce(0) { $0 + $1.counts.lineCount }
      throw CommandFailure(LogReport.empty(name: names, lineCount: lineCount), .checkFailed)
    }
    let rejectionCount = logs.reduce(0) { $0 + $1.counts.rejections.count }
    guard strict, rejectionCount > 0 else { return }
    let count = "\(rejectionCount) line\(rejectionCount == 1 ? " is" : "s are") no frame"
    throw CommandFailure("\(names): \(count), and --strict was given", .checkFailed)
  }

  private func tellListening(_ specifications: [SourceSpecification]) {
    guard isatty(STDERR_FILENO) != 0, let first = specifications.first, !first.isLog else { return }
    let names = specifications.map(\.description).joined(separator: ", ")
    notices.tell("\(names): listening; Ctrl-C ends")
  }

  private func decodeLog(
    _ path: String, _ choice: DialectChoice, name: String, _ stop: CInt
  ) throws {
    let (counts, tallies) = try readLog(path, choice, name: name, stop)
    try report([(name, counts)], tallies)
  }

  /// Sums up each log for itself, below its name if there are several.
  private func sumUp(_ specifications: [SourceSpecification], _ choice: DialectChoice) async throws
  {
    for specification in specifications {
      if specifications.count > 1 {
        var heading = Array("\(specification)\n".utf8)
        try StandardOutput().flush(&heading)
      }
      try await sumUp(specification, choice)
    }
  }

  private func sumUp(_ specification: SourceSpecification, _ choice: DialectChoice) async throws {
    guard case .file(let path) = specification else {
      throw CommandFailure(
        "\(specification): a summary is made of a log file; record one with candump -l",
        .wrongCommand)
    }
    let session = SummarySession(
      path, inputFormat: log.inputFormat, secondsEastOfUTC: log.secondsEastOfUTC, choice: choice,
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount, name: path,
      notices: notices)
    let outcome = try await session.run()
    if outcome.tally.frames > 0 {
      var text = Array(outcome.text.utf8)
      try StandardOutput().flush(&text)
    }
    try report([(path, outcome.counts)], [(path, outcome.tally)])
  }

  private func readLog(
    _ path: String, _ choice: DialectChoice, name: String, _ stop: CInt
  ) throws -> (LogCounts, [(name: String, tally: FrameTally)]) {
    if speed == .unlimited {
      var session = session(try log.source(path, stop: stop), choice, name)
      try session.run()
      return (session.source.counts, session.tallies)
    }
    let replay = try ReplaySource(
      path, inputFormat: log.inputFormat, secondsEastOfUTC: log.secondsEastOfUTC, speed: speed,
      stop: stop)
    var session = session(replay, choice, name)
    try session.run()
    return (session.source.log.counts, session.tallies)
  }

  /// A session; `name` is what the source is called as long as it has one bus, `nil` for several.
  private func session<Source: FrameSource & ~Copyable>(
    _ source: consuming Source, _ choice: DialectChoice, _ name: String?
  ) -> DecodeSession<Source> {
    var hasHead = false
    return DecodeSession(
      source, name: name, showsBus: format == .text, choice: choice, notices: notices,
      output: { [format] in
        switch format {
        case .json: return JSONOutput()
        case .csv:
          defer { hasHead = true }
          return CSVOutput(hasHead: !hasHead)
        case .text, .summary: return TextOutput()
        }
      })
  }
}

extension ReplaySpeed: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
  public var defaultValueDescription: String { "\(self)" }
}
