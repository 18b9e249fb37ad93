import ArgumentParser
import BusbarApp
import CANInterfaces
import FrameStore
import Glibc

/// `busbar record`: every frame to disk.
struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Records every frame of a bus, for years, safe against power cuts.",
    discussion: """
      Listens, never sends. Frames, lost frames, error frames, outages and clock steps are kept in \
      their order in one file. A power cut takes at most the last commit interval, and nothing \
      that was recorded before it. A slow disk never makes the bus wait. Ctrl-C or SIGTERM ends it.

      Examples:
        busbar record can0
        busbar record can0 --store /media/usb/house.busbar --keep 2y --max-size 4G
        busbar record can0 --commit-seconds 60 --time-precision ms
        candump -L can0 | busbar record - --store house.busbar

      Exit status: 0 ended as asked or the source ended, 2 the command is wrong, 3 the bus or \
      the disk failed.
      """)

  @Argument(help: "A CAN interface, a log that is replayed, or '-'.", completion: .file())
  var source: String

  @OptionGroup var store: StoreOption

  @Option(
    help: ArgumentHelp(
      "How often frames are brought to the disk: what a power cut takes at most.",
      discussion: "Each commit writes 4 to 12 kB, whatever is in it.", valueName: "number"))
  var commitSeconds = 10.0

  @Option(
    help: ArgumentHelp(
      "Delete what is older, such as 2y, 90d or 12h; everything is kept without this.",
      valueName: "age"))
  var keep: Age?

  @Option(
    help: ArgumentHelp(
      "Delete the oldest when the store is larger, such as 500M or 4G.", valueName: "size"))
  var maxSize: FileSize?

  @Flag(help: "Delete even what was marked to be kept, such as the minutes around an alarm.")
  var deleteMarked = false

  @OptionGroup var log: LogOption

  @OptionGroup var precision: TimePrecisionOption

  @Option(
    help: ArgumentHelp(
      "How fast to replay a log: 1 as recorded, N times as fast, or max.", valueName: "1|N|max"))
  var speed = ReplaySpeed.unlimited

  @Flag(help: "Say on standard error what each commit brought to the disk.")
  var verbose = false

  func validate() throws {
    guard (0.05...3600).contains(commitSeconds) else {
      throw ValidationError("--commit-seconds is \(commitSeconds), expected 0.05 to 3600")
    }
  }

  func run() throws {
    let stop = try StopSignal.install()
    let specification = try SourceSpecification(parsing: source)
    switch specification {
    case .file(let path):
      let replay = try ReplaySource(
        path, inputFormat: log.inputFormat, secondsEastOfUTC: log.secondsEastOfUTC, speed: speed,
        stop: stop)
      let session = try record(replay, path, isLive: false)
      log.tell(session.source.log.counts, name: path)
    case .standardInput:
      let name = "standard input"
      let session = try record(try log.source("-", stop: stop), name, isLive: false)
      log.tell(session.source.counts, name: name)
    default:
      let bus = try AnySource.open(specification, asIfLive: true, stop: stop) {
        StandardErrorNotices().tell("\($0)")
      }
      _ = try record(bus, specification.description, isLive: true)
    }
  }

  private func record<Source: FrameSource & ~Copyable>(
    _ source: consuming Source, _ name: String, isLive: Bool
  ) throws -> RecordSession<Source> {
    StoreLocation.makeFolder(for: store.path)
    let notices = StandardErrorNotices()
    let recorder = try FrameRecorder(path: store.path, source: name, options: options)
    if verbose || isatty(STDERR_FILENO) != 0 {
      notices.tell("\(name): recording to \(store.path); Ctrl-C ends")
    }
    var session = RecordSession(
      source, recorder, name: name, isLive: isLive, tellsProgress: verbose, notices: notices)
    let history = HistoryKeeper(path: store.path, every: HistoryKeeper.usualInterval)
    defer { history.stop() }
    let status = try session.run()
    notices.tell("\(name): \(session.tally.summary); \(status.lostCount) not stored")
    return session
  }

  private var options: RecorderOptions {
    var options = RecorderOptions(clock: ClockState.system)
    options.commitSeconds = commitSeconds
    options.precision = precision.unit
    options.retention.longestAge = keep?.nanoseconds
    options.retention.mostBytes = maxSize?.bytes
    options.retention.includesKept = deleteMarked
    return options
  }
}
