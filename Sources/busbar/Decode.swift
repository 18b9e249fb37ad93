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
      SOURCE is a CAN interface (can0), a file that candump wrote or somebody pasted, or '-' for \
      standard input. Nothing is ever sent on a bus.

      'text' is a table with one row for each round of the BMS (V, A, degC, %, Ah), and what \
      changes in words; 'json' is one object a line for each frame; 'csv' has a row for each round \
      and a column for each quantity; 'summary' sums up a whole log: count, min, mean, max, first and \
      last of each quantity.

      Examples:
        busbar decode can0
        busbar decode --format json - < pasted.txt
        busbar decode --format csv --dialect rec night.log > night.csv
        busbar decode --format summary year.log
        busbar decode --dialect their.dbc capture.log
      """)

  @Argument(help: "A CAN interface, a log file, or '-'.", completion: .file())
  var source: String

  @Option(help: "How to write what the frames mean: text, json, csv or summary.")
  var format = Format.text

  @OptionGroup var dialect: DialectOption

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
    do {
      let stop = try StopSignal.install()
      let choice = try dialect.choice()
      let specification = try SourceSpecification(parsing: source)
      if format == .summary { return try await sumUp(specification, choice) }
      switch specification {
      case .interface(let name):
        if isatty(STDERR_FILENO) != 0 { notices.tell("\(name): listening; Ctrl-C ends") }
        let bus = try SocketCANSource(interface: name, stop: stop)
        var session = session(bus, choice, name)
        try session.run()
        notices.tell("\(name): \(session.tally.summary)")
      case .file(let path): try decodeLog(path, choice, name: path, stop)
      case .standardInput: try decodeLog("-", choice, name: "standard input", stop)
      case .simulator(let text):
        let simulator = SimulatorSource(try SimulationSetup(parsing: text), stop: stop)
        var session = session(simulator, choice, "sim")
        try session.run()
        notices.tell("sim:\(text): \(session.tally.summary)")
      }
    } catch let error as SimulationSetupError {
      throw CommandFailure(error, .wrongCommand)
    } catch let error as SourceError {
      throw CommandFailure(error, error.isUsage ? .wrongCommand : .outsideFailed)
    } catch let error as CallFailure {
      throw CommandFailure(error, .outsideFailed)
    } catch let error as OutputError {
      if error != .closed { throw CommandFailure(error, .outsideFailed) }
    }
  }

  private var notices: StandardErrorNotices { StandardErrorNotices() }

  private func decodeLog(
    _ path: String, _ choice: DialectChoice, name: String, _ stop: CInt
  ) throws {
    let (rejections, lineCount, tally) = try readLog(path, choice, name: name, stop)
    try report(rejections, lineCount, tally, name: name)
  }

  private func sumUp(_ specification: SourceSpecification, _ choice: DialectChoice) async throws {
    guard case .file(let path) = specification else {
      throw CommandFailure(
        "\(source): a summary is made of a log file; record one with candump -l", .wrongCommand)
    }
    let session = SummarySession(
      path, choice: choice, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount,
      name: path, notices: notices)
    do {
      let outcome = try await session.run()
      if outcome.tally.frames > 0 {
        var text = Array(outcome.text.utf8)
        try StandardOutput().flush(&text)
      }
      try report(outcome.rejections, outcome.lineCount, outcome.tally, name: path)
    } catch let error as SummaryError {
      throw CommandFailure(error, .checkFailed)
    }
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
  ) throws -> (RejectionTally, Int, FrameTally) {
    if speed == .unlimited {
      var session = session(try FileSource(path, stop: stop), choice, name)
      try session.run()
      return (session.source.rejections, session.source.lineCount, session.tally)
    }
    let replay = try ReplaySource(path, speed: speed, stop: stop)
    var session = session(replay, choice, name)
    try session.run()
    return (session.source.file.rejections, session.source.file.lineCount, session.tally)
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
