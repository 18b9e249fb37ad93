import ArgumentParser
import BatteryModel
import BusbarApp
import CANInterfaces
import FrameStore
import Glibc
import History

/// `busbar query`: series out of the recording.
struct Query: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints how quantities went over any span of the recording.",
    discussion: """
      Time is cut into equal buckets; of each there is the minimum, mean, maximum, first and last \
      value and how many there were. Nothing is made up for a bucket in which nothing was heard. \
      Buckets begin at round times, so the span may be a little longer than asked for. The newest \
      minutes are in the answer.

      Examples:
        busbar query voltage,current --from -30d
        busbar query state_of_charge --from -1y --buckets 365 --format json
        busbar query cell_voltage_spread --from 2026-11-01 --until 2026-11-08 --bus can0

      Exit status: 0 done, 1 nothing was heard of it, 2 the command is wrong, 3 the disk failed.
      """)

  @Argument(
    help: ArgumentHelp("What to print, separated by commas.", valueName: "quantities"),
    completion: .list(BatteryQuantity.allCases.map(\.rawValue)))
  var quantities: String

  @OptionGroup var store: StoreOption
  @OptionGroup var span: SpanOption
  @OptionGroup var dialect: DialectOption

  @Option(help: ArgumentHelp("How many buckets at most, 1 to 100000.", valueName: "number"))
  var buckets = 1000

  @Option(help: "How to write: csv or json (an object a line).")
  var format = QueryOutput.Format.csv

  @Option(help: ArgumentHelp("Only the battery on this bus.", valueName: "name"))
  var bus: String?

  @Flag(help: "Say on standard error how long opening the recording and answering took.")
  var timing = false

  func validate() throws {
    guard (1...100_000).contains(buckets) else {
      throw ValidationError("--buckets is \(buckets), expected 1 to 100000")
    }
  }

  func run() throws {
    let stop = try StopSignal.install()
    let wanted = try parsed()
    let start = SystemClock.monotonic
    let history = try HistoryStore(
      path: store.path, try dialect.choice(),
      progress: ProgressLine("query", total: 1000, isShown: isatty(STDERR_FILENO) != 0),
      isStopped: { StopSignal.isRaised(stop) })
    let reader = HistoryReader(history.store, history.dialects)
    guard let times = try span.range(in: history.store) else {
      throw CommandFailure("\(store.path): nothing is recorded yet", .checkFailed)
    }
    let buses = try reader.buses().filter { bus == nil || $0 == bus }
    var answers: [(series: SeriesName, answer: SeriesAnswer)] = []
    for bus in buses {
      for quantity in wanted {
        let series = SeriesName(quantity, bus: bus)
        let answer = try reader.answer(SeriesQuery(series, times, mostBuckets: buckets))
        if answer.buckets.contains(where: { $0 != nil }) { answers.append((series, answer)) }
      }
    }
    if timing {
      let milliseconds = Double(SystemClock.monotonic - start) / 1e6
      StandardErrorNotices().tell("answered in \(StoreText.decimal(milliseconds, 2)) ms")
    }
    guard !answers.isEmpty else {
      throw CommandFailure(
        "\(store.path): nothing was heard of \(quantities) then"
          + (bus.map { " on \($0)" } ?? ""), .checkFailed)
    }
    let output = QueryOutput(
      format, answers, showsBus: Set(answers.map(\.series.bus)).count > 1)
    var text = output.text()
    try StandardOutput().flush(&text)
  }

  private func parsed() throws -> [BatteryQuantity] {
    try quantities.split(separator: ",").map { word in
      let name = String(word)
      guard let quantity = BatteryQuantity(rawValue: name) else {
        let nearest = Spelling.nearest(
          to: name, among: BatteryQuantity.allCases.map(\.rawValue))
        throw CommandFailure(
          "no quantity is named '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? ""),
          .wrongCommand)
      }
      guard !quantity.isText else {
        throw CommandFailure(
          "\(name) is a text and has no series; see 'busbar events'", .wrongCommand)
      }
      return quantity
    }
  }
}

extension QueryOutput.Format: ExpressibleByArgument {}
