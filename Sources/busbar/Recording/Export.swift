import ArgumentParser
import BusbarApp
import CANFrames
import CANInterfaces
import FrameStore
import Glibc

/// `busbar export`: the recording as a log.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the recording, or a part of it, as a log.",
    discussion: """
      Frames come in the order in which they were recorded, bit by bit as they were received. The \
      name says the format, as with 'busbar convert', and may end in .gz or .zst; what a format \
      cannot hold is counted and said.

      Examples:
        busbar export --store house.busbar everything.log.zst
        busbar export --from -1d yesterday.pcapng
        busbar export --from -7d --id 356 | busbar decode -
        busbar export --from 2026-11-22T10:00:00Z --until 2026-11-22T11:00:00Z --bus can0 hour.log

      Exit status: 0 done, 1 a part is damaged (the rest is written) or nothing was found, \
      2 the command is wrong, 3 the disk failed.
      """)

  @Argument(help: "The log to write; standard output without it.", completion: .file())
  var out = "-"

  @Option(
    help: ArgumentHelp("The format, where the name does not say it.", valueName: "format"))
  var format: LogFormat?

  @Flag(help: "Replace a file that is there.")
  var force = false

  @OptionGroup var store: StoreOption

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "From when on: 2026-11-22, 2026-11-22T08:00:00Z, or -7d for a week ago.", valueName: "time"))
  var from: Moment?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Until when: the same.", valueName: "time"))
  var until: Moment?

  @Option(
    help: ArgumentHelp(
      "Only this identifier, in hex: up to 3 digits, at most 7FF, or 8 for 29 bits; may be repeated.",
      valueName: "hex"))
  var id: [IdentifierArgument] = []

  @Option(
    help: ArgumentHelp("Only this bus, by the name it was recorded under.", valueName: "name"))
  var bus: String?

  func validate() throws {
    if let from, let until, from.nanoseconds > until.nanoseconds {
      throw ValidationError("--from is later than --until")
    }
  }

  func run() throws {
    let stop = try StopSignal.install()
    let store = try store.open(.reading)
    var selection = ExportSession.Selection()
    selection.times =
      (from?.nanoseconds ?? Int64.min)...(until?.nanoseconds ?? Int64.max)
    selection.identifiers = Set(id.map(\.identifier))
    selection.bus = bus
    let total = try store.info().frameCount
    let target = try ConvertTarget(out, format: format ?? (out == "-" ? .candump : nil))
    var session = try ExportSession(
      store, selection, to: target, replacing: force,
      progress: ProgressLine(
        "export", total: total, isShown: out == "-" ? false : isatty(2) != 0),
      isStopped: { StopSignal.isRaised(stop) })
    try session.run()
    let notices = StandardErrorNotices()
    for line in ConvertReport.omissionLines(session.omissions, to: target) { notices.tell(line) }
    try report(session.damages, session.frameCount)
  }

  private func report(_ damages: [StoreDamage], _ frameCount: Int) throws {
    let notices = StandardErrorNotices()
    for damage in damages { notices.tell("\(store.path): \(damage)") }
    if !damages.isEmpty { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    if frameCount == 0 {
      throw CommandFailure(
        "\(store.path): no such frames; see what there is with: busbar store info", .checkFailed)
    }
  }
}
