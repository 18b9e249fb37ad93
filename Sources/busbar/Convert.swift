import ArgumentParser
import BusbarApp
import CANFrames
import CANInterfaces

/// `busbar convert`: from one log format to another.
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Converts a log to another format, or takes a part of it.",
    discussion: """
      IN is a log in any format, also compressed (gzip, zstd), or '-' for standard input; what it is \
      is found out from its content. The name of OUT tells what is written: .log .txt .asc .trc \
      .pcap .pcapng .blf, each also with .gz or .zst behind it; or --format does. What the format \
      cannot hold is counted and said. OUT appears when it is complete.

      TIME is a date with its zone (2024-12-27T03:34:56Z), seconds as they stand in the log \
      (1735270496.5), or counts from the first frame (+10s, +5m, +1.5h).

      Examples:
        busbar convert night.log night.asc
        busbar convert capture.pcapng.gz capture.log
        busbar convert --id 351,355-35F --bus can0 year.log.zst limits.log
        busbar convert --from +1h --until +2h drive.blf - --format candump
        candump -L can0 | busbar convert - morning.log.zst
      """)

  @Argument(help: "A log file, or '-'.", completion: .file())
  var input: String

  @Argument(help: "The file to write, or '-'.", completion: .file())
  var output: String

  @Option(
    help: ArgumentHelp(
      "The format to write; without it the name of OUT tells.", valueName: "format"))
  var format: LogFormat?

  @Option(
    help: ArgumentHelp("The same as --format, or as --until for a time.", valueName: "format|time"))
  var to: [FormatOrTime] = []

  @Option(
    help: ArgumentHelp(
      "Only frames from this time on: 2026-11-22T08:00:00Z, or +90s, +10m, +1h after the first.",
      valueName: "time"))
  var from: TimeBound?

  @Option(help: ArgumentHelp("Only frames before this time: as --from.", valueName: "time"))
  var until: TimeBound?

  @Option(
    help: ArgumentHelp(
      "Only these identifiers, in hex: up to 3 digits, at most 7FF, or 8 for 29 bits.",
      valueName: "351,355-35F"))
  var id: IdentifierSet?

  @Option(help: ArgumentHelp("Only this bus; can be given more than once.", valueName: "name"))
  var bus: [String] = []

  @OptionGroup var log: LogOption

  @Flag(help: "Replace OUT if there is such a file.")
  var force = false

  @Flag(help: "End with status 1 if a part of the log is no frame.")
  var strict = false

  /// What `--to` takes.
  enum FormatOrTime: ExpressibleByArgument {
    case format(LogFormat)
    case time(TimeBound)

    init?(argument: String) {
      if let format = LogFormat(rawValue: argument) {
        self = .format(format)
      } else if let time = TimeBound(argument) {
        self = .time(time)
      } else {
        return nil
      }
    }
  }

  func validate() throws {
    let formats = to.filter { if case .format = $0 { true } else { false } }.count
    guard formats + (format == nil ? 0 : 1) <= 1 else {
      throw ValidationError("the format to write is given twice; give it once")
    }
    guard to.count - formats + (until == nil ? 0 : 1) <= 1 else {
      throw ValidationError("the time to end at is given twice; give it once")
    }
  }

  func run() throws {
    let stop = try StopSignal.install()
    let name = input == "-" ? "standard input" : input
    let target = try ConvertTarget(output, format: outputFormat)
    var session = ConvertSession(
      try log.source(input, stop: stop), selection, to: target, replacing: force, name: name)
    let outcome = Result { try session.run() }
    let counts = session.source.counts
    log.tell(counts, name: name)
    for line in ConvertReport.lines(
      try outcome.get(), from: session.source.format, to: target, name: name)
    {
      StandardErrorNotices().tell(line)
    }
    if strict, counts.rejections.count > 0 {
      throw CommandFailure(
        "\(name): \(counts.rejections.count) parts are no frame, and --strict was given",
        .checkFailed)
    }
  }

  private var outputFormat: LogFormat? {
    format ?? to.lazy.compactMap { if case .format(let format) = $0 { format } else { nil } }.first
  }

  private var selection: FrameSelection {
    let end = to.lazy.compactMap { if case .time(let time) = $0 { time } else { nil } }.first
    var selection = FrameSelection()
    selection.identifiers = id
    selection.buses = Set(bus)
    selection.from = from
    selection.until = until ?? end
    return selection
  }
}

extension TimeBound: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension IdentifierSet: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
