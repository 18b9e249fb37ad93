import ArgumentParser
import BMSDialects
import BusbarApp
import CANFrames
import CANInterfaces
import Simulation

/// `busbar simulate`: a battery that is not there.
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Simulates a battery: into a log, on a pseudo-terminal, on an empty bus.",
    discussion: """
      BATTERY is what stands after 'sim:' wherever a source is expected, such as \
      'rec-q?cells=8&profile=van-day&seed=1'. Batteries: rec-q, victron, sma, pylontech, byd.

      Parameters: cells, chemistry (lfp, nmc, lto), capacity (Ah), soc (%), temperature (degC), \
      profile (a name or a YAML file), speed (a number or max), seed, for (60s, 15m, 2h, 3d), \
      firmware, fault (silence@60s,drift:3@1h), and the settings of the BMS by their names \
      (CMAX=3.65). docs/simulation.md describes all of them.

      Examples:
        busbar decode 'sim:rec-q?profile=van-day&speed=60'
        busbar simulate --log month.log --days 30
        busbar simulate 'rec-q?fault=missing-sensor:1@5m' --log - --seconds 600
        busbar simulate --pty --bitrate 250000
        busbar simulate --transmit vcan0
        busbar simulate --show van-day > mine.yaml

      Only --transmit ever sends anything on a bus, and only where no battery is heard.
      """)

  @Argument(help: "The battery, as after 'sim:'; put it in quotes.")
  var battery = "rec-q"

  @Option(
    help: ArgumentHelp(
      "Write a log as candump -l does, also .gz and .zst; - is standard output.", valueName: "file"),
    completion: .file())
  var log: String?

  @Flag(help: "Replace a log that is there already.")
  var force = false

  @Option(help: ArgumentHelp("How much to simulate, in days.", valueName: "number"))
  var days: Double?

  @Option(help: ArgumentHelp("How much to simulate, in seconds.", valueName: "number"))
  var seconds: Double?

  @Option(
    help: ArgumentHelp(
      "Put the frames on a CAN bus, unless a battery is heard there.", valueName: "interface"))
  var transmit: String?

  @Flag(help: "Be a serial adapter (slcan) on a pseudo-terminal, which is named.")
  var pty = false

  @Option(
    help: ArgumentHelp("The bit rate of the bus behind --pty.", valueName: "bit/s"))
  var bitrate: Int?

  @Flag(help: "Print the bench tests of a real REC Q beside the simulated ones.")
  var benchTests = false

  @Flag(help: "List the built-in profiles.")
  var profiles = false

  @Option(help: ArgumentHelp("Print a built-in profile's YAML.", valueName: "profile"))
  var show: String?

  @Option(
    help: ArgumentHelp(
      "Beside --log: what the BMS knew in each second, as CSV.", valueName: "file"),
    completion: .file())
  var values: String?

  func validate() throws {
    let asked = [log != nil, transmit != nil, pty, benchTests, profiles, show != nil]
    guard asked.filter(\.self).count == 1 else {
      throw ValidationError(
        "expected one of --log, --transmit, --pty, --bench-tests, --profiles and --show")
    }
    for (name, value, largest) in [("days", days, 36_500), ("seconds", seconds, 3.2e9)] {
      guard value.map({ $0 > 0 && $0 <= largest }) ?? true else {
        throw ValidationError("--\(name) is \(value ?? 0), expected more than 0 to \(Int(largest))")
      }
    }
    guard days == nil || seconds == nil else {
      throw ValidationError("--days and --seconds contradict each other; give one of them")
    }
    guard bitrate.map({ LawicelAdapter.bitRates.contains($0) }) ?? true else {
      let rates = LawicelAdapter.bitRates.map(String.init).joined(separator: ", ")
      throw ValidationError("--bitrate is \(bitrate ?? 0), expected one of \(rates)")
    }
    guard log != nil || values == nil else { throw ValidationError("--values goes with --log") }
  }

  func run() throws {
    if profiles { return try CommandOutput.write(SimulateTexts.profiles()) }
    if let show { return try CommandOutput.write(try profile(show)) }
    if benchTests { return try printBenchTests() }
    var setup = try SimulationSetup(parsing: battery)
    if let length { setup.specification.duration = length }
    let stop = try StopSignal.install()
    if let log {
      try LogOutput(path: log, valuesPath: values, replacing: force, stop: stop).run(setup)
    } else if let transmit {
      try TransmitOutput(interface: transmit, stop: stop).run(setup)
    } else {
      try runAdapter(setup, stop)
    }
  }

  /// In s, if the command line gives it.
  private var length: Double? { days.map { $0 * 86_400 } ?? seconds }

  private func profile(_ name: String) throws -> String {
    _ = try ProfileLibrary.profile(named: name)
    return ProfileLibrary.yaml(of: name)
  }

  private func printBenchTests() throws {
    guard let dialect = DialectAtlas.dialect(named: "rec") else { return }
    try CommandOutput.write(BenchTable.text(BenchTests.findings(dialect)))
  }

  private func runAdapter(_ setup: SimulationSetup, _ stop: CInt) throws {
    let notices = StandardErrorNotices()
    let rate = bitrate ?? setup.dialect.bitRates.first ?? 500_000
    var session = try AdapterSession(setup, bitRate: rate, stop: stop)
    try CommandOutput.write(session.path + "\n")
    notices.tell(
      "\(session.path): a serial CAN adapter on a bus of \(rate) bit/s; try: "
        + "busbar decode 'slcan:\(session.path)?bitrate=\(rate)'; Ctrl-C ends")
    let path = session.path
    try session.run { notices.tell("\(path): \($0)") }
    notices.tell(
      "\(path): \(session.delivered) frames delivered, \(session.thrownAway) thrown away that were "
        + "to be sent")
  }
}
