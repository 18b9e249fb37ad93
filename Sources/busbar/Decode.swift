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
      or '-' for standard input. Nothing is ever sent on a bus. Of several sources each bus is \
      decoded for itself.

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
    if specifications.count > 1 { return try decodeTogether(specifications, choice, stop) }
    let specification = specifications[0]
    if format == .summary { return try await sumUp(specification, choice) }
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
    notices.tell("\(specification): \(session.tally.summary)")
  }

  private func decodeTogether(
    _ specifications: [SourceSpecification], _ choice: DialectChoice, _ stop: CInt
  ) throws {
    guard format == .text || format == .json, speed == .unlimited, !strict else {
      throw CommandFailure(
        "several sources are decoded as text or json; decode each by itself for "
          + "\(format == .text || format == .json ? "--speed and --strict" : format.rawValue)",
        .wrongCommand)
    }
    tellListening(specifications)
    let tell: RemarkListener = { StandardErrorNotices().tell("\($0)") }
    let source = try MergedSource(
      specifications, stop: stop, tell: tell,
      open: { [log] specification throws(SourceError) in
        try log.open(specification, stop: stop, tell: tell)
      })
    var session = DecodeSession(
      eachBusOf: source, showsBus: format == .text, choice: choice, notices: notices,
      output: { [format] in
        if format == .json { JSONOutput() } else { TextOutput() }
      })
    try session.run()
    for (name, tally) in session.tallies { notices.tell("\(name): \(tally.summary)") }
  }

  private func tellListening(_ specifications: [SourceSpecification]) {
    guard isatty(STDERR_FILENO) != 0, let first = specifications.first, !first.isLog else { return }
    let names = specifications.map(\.description).joined(separator: ", ")
    notices.tell("\(names): listening; Ctrl-C ends")
  }

  private func decodeLog(
    _ path: String, _ choice: DialectChoice, name: String, _ stop: CInt
  ) throws {
    let (rejections, lineCount, tally, hasZonelessDates) =
      try readLog(path, choice, name: name, stop)
    log.tellZone(ifNeeded: hasZonelessDates, name: name)
    try report(rejections, lineCount, tally, name: name)
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
    log.tellZone(ifNeeded: outcome.hasZonelessDates, name: path)
    try report(outcome.rejections, outcome.lineCount, outcome.tally, name: path)
  }

  private func report(
    _ rejections: RejectionTally, _ lineCount: Int, _ tally: FrameTally, name: String
  ) throws {
    for line in LogReport.lines(rejections, name: name) { notices.tell(line) }
    if tally.lost > 0 { notices.tell("\(name): \(tally.summary)") }
    guard tally.frames > 0 else {
      throw CommandFailure(LogReport.empty(name: name, lineCount: lineCount), .checkFailed)
    }
    if strict, rejections.count > 0 {
      let count = "\(rejections.count) line\(rejections.count == 1 ? " is" : "s are") no frame"
      throw CommandFailure("\(name): \(count), and --strict was given", .checkFailed)
    }
  }

  private func readLog(
    _ path: String, _ choice: DialectChoice, name: String, _ stop: CInt
  ) throws -> (RejectionTally, Int, FrameTally, hasZonelessDates: Bool) {
    if speed == .unlimited {
      var session = session(try log.source(path, stop: stop), choice, name)
      try session.run()
      return (
        session.source.rejections, session.source.lineCount, session.tally,
        session.source.hasZonelessDates
      )
    }
    let replay = try ReplaySource(
      path, inputFormat: log.inputFormat, secondsEastOfUTC: log.secondsEastOfUTC, speed: speed,
      stop: stop)
    var session = session(replay, choice, name)
    try session.run()
    return (
      session.source.file.rejections, session.source.file.lineCount, session.tally,
      session.source.file.hasZonelessDates
    )
  }

  private func session<Source: FrameSource & ~Copyable>(
    _ source: consuming Source, _ choice: DialectChoice, _ name: String
  ) -> DecodeSession<Source> {
    let output: any DecodeOutput =
      switch format {
      case .text: TextOutput()
      case .json: JSONOutput()
      case .csv: CSVOutput()
      case .summary: preconditionFailure("a summary has a session of its own")
      }
    return DecodeSession(source, output, choice: choice, name: name, notices: notices)
  }
}

extension ReplaySpeed: ExpressibleByArgument {
  /// Reads `max` or a number such as `1` or `2.5`.
  public init?(argument: String) {
    if argument == "max" {
      self = .unlimited
    } else if let factor = Double(argument), let speed = Self.times(factor) {
      self = speed
    } else {
      return nil
    }
  }
}
