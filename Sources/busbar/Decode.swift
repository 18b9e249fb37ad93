import ArgumentParser
import BusbarApp
import CANFrames
import CANInterfaces
import Glibc

/// `busbar decode`: frames to meaning.
struct Decode: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case csv
  }

  static let configuration = CommandConfiguration(
    abstract: "Decodes frames from a bus, a log or pasted text.",
    discussion: """
      SOURCE is a CAN interface (can0), a file that candump wrote or somebody pasted, or '-' for \
      standard input. Nothing is ever sent on a bus.

      'text' is a table with one row for each round of the BMS (V, A, degC, %, Ah), and what \
      changes in words; 'json' is one object a line for each frame; 'csv' has a row for each round \
      and a column for each quantity.

      Examples:
        busbar decode can0
        busbar decode --format json - < pasted.txt
        busbar decode --format csv --dialect rec night.log > night.csv
        busbar decode --dialect their.dbc capture.log
      """)

  @Argument(help: "A CAN interface, a log file, or '-'.", completion: .file())
  var source: String

  @Option(help: "How to write what the frames mean: text, json or csv.")
  var format = Format.text

  @OptionGroup var dialect: DialectOption

  @Option(
    help: ArgumentHelp(
      "How fast to read a log: 1 as recorded, N times as fast, or max.", valueName: "1|N|max"))
  var speed = ReplaySpeed.maximum

  @Flag(help: "End with status 1 if a line of the log is no frame.")
  var strict = false

  func run() throws {
    let choice = try dialect.choice()
    let stop = StopSignal.install()
    do {
      switch try SourceSpecification(parsing: source) {
      case .interface(let name):
        if isatty(STDERR_FILENO) != 0 { notices.tell("\(name): listening; Ctrl-C ends") }
        let bus = try SocketCANSource(interface: name, stop: stop.descriptor)
        let tally = try decode(bus, choice, name: name)
        notices.tell("\(name): \(tally.summary)")
      case .file(let path):
        try decodeLog(FileSource(path: path, stop: stop.descriptor), choice, name: path, stop)
      case .standardInput:
        try decodeLog(
          FileSource.standardInput(stop: stop.descriptor), choice, name: "standard input", stop)
      }
    } catch let error as SourceError {
      throw CommandFailure(error, error.isUsage ? .wrongCommand : .outsideFailed)
    } catch let error as OutputError {
      if error != .closed { throw CommandFailure(error, .outsideFailed) }
    }
  }

  private var notices: StandardErrorNotices { StandardErrorNotices() }

  private func decode<Source: FrameSource & ~Copyable>(
    _ source: consuming Source, _ choice: DialectChoice, name: String
  ) throws -> FrameTally {
    switch format {
    case .text: try decode(source, TextOutput(), choice, name)
    case .json: try decode(source, JSONOutput(), choice, name)
    case .csv: try decode(source, CSVOutput(), choice, name)
    }
  }

  private func decode<Source: FrameSource & ~Copyable>(
    _ source: consuming Source, _ output: some DecodeOutput, _ choice: DialectChoice, _ name: String
  ) throws -> FrameTally {
    var session = DecodeSession(source, output, choice: choice, name: name, notices: notices)
    try session.run()
    return session.tally
  }
}
