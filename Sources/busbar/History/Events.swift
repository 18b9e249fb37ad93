import ArgumentParser
import BusbarApp
import FrameStore
import Glibc
import History

/// `busbar events`: what is worth finding again.
struct Events: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints alarms, outages, restarts and changes out of the recording.",
    discussion: """
      Alarms with their beginning and end, silences and restarts of the BMS, jumps of the state of \
      charge, changes of the dialect, the firmware or the serial number, and what the recording \
      noted: lost frames, an interface down, a clock that was set.

      Examples:
        busbar events --from -7d
        busbar events --kind alarm --kind alarm_end --json

      Exit status: 0 done, 2 the command is wrong, 3 the disk failed.
      """)

  @OptionGroup var store: StoreOption
  @OptionGroup var span: SpanOption
  @OptionGroup var dialect: DialectOption

  @Option(
    help: ArgumentHelp(
      "Only this kind: \(HistoryEvent.kindNames.joined(separator: ", ")); may be repeated.",
      valueName: "kind"), completion: .list(HistoryEvent.kindNames))
  var kind: [String] = []

  @Flag(help: "An object a line.")
  var json = false

  func validate() throws {
    for name in kind where !HistoryEvent.kindNames.contains(name) {
      throw ValidationError(
        "no kind is named '\(name)'; there are \(HistoryEvent.kindNames.joined(separator: ", "))")
    }
  }

  func run() throws {
    let stop = try StopSignal.install()
    let history = try HistoryStore(
      path: store.path, try dialect.choice(),
      progress: ProgressLine("events", total: 1000, isShown: isatty(STDERR_FILENO) != 0),
      isStopped: { StopSignal.isRaised(stop) })
    guard let times = try span.range(in: history.store) else { return }
    let reader = HistoryReader(history.store, history.dialects)
    var text: [UInt8] = []
    for event in try reader.events(in: times.lowerBound...times.upperBound)
    where kind.isEmpty || kind.contains(event.kindName) {
      text += EventOutput.line(event, isJSON: json)
      if text.count >= StandardOutput.bufferSize { try StandardOutput().flush(&text) }
    }
    try StandardOutput().flush(&text)
  }
}
