import ArgumentParser
import BMSDialects
import BusbarApp
import CANInterfaces
import Glibc

/// `busbar identify`: which dialect, which product, and why.
struct Identify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finds out which dialect and which product is on a bus.",
    discussion: """
      Listens, never sends, and says what the battery speaks, how sure that is and why, what else \
      it could be and what would tell them apart, and who keeps the inverter's side of the \
      conversation alive.

      Examples:
        busbar identify can0
        busbar identify can0 --seconds 60
        busbar identify slcan:/dev/ttyACM0?bitrate=500000
        busbar identify --json capture.log
        busbar identify - < pasted.txt

      Of a log or an adapter with several buses each is judged for itself.
      """)

  @Argument(help: "A CAN interface, an adapter, a log file, or '-'.", completion: .file())
  var sources: [String]

  @Option(help: ArgumentHelp("How long to listen to a bus.", valueName: "number"))
  var seconds = 10.0

  @OptionGroup var log: LogOption

  @Flag(help: "Print a line with a JSON object for each bus.")
  var json = false

  func validate() throws {
    guard sources.count == 1 else {
      throw ValidationError(
        "one bus is identified at a time; run 'busbar identify' once for each source")
    }
    guard (0.1...86_400).contains(seconds) else {
      throw ValidationError("--seconds is \(seconds), expected 0.1 to 86400")
    }
  }

  func run() throws {
    let stop = try StopSignal.install()
    let specification = try SourceSpecification(parsing: sources[0])
    let (buses, counts) = try listen(specification, stop)
    let isHeard = buses.contains { $0.findings.census.frameCount > 0 }
    if let counts {
      let name = specification == .standardInput ? "standard input" : sources[0]
      log.tell(counts, name: name)
      // A pipe that stays empty may have a silent bus behind it.
      if !isHeard, !json, specification != .standardInput || counts.lineCount > 0 {
        throw CommandFailure(
          LogReport.empty(name: name, lineCount: counts.lineCount), .checkFailed)
      }
    }
    for (index, (bus, findings)) in buses.enumerated() {
      if json {
        print(try IdentifyJSON(findings, bus: bus).text())
        continue
      }
      if buses.count > 1 { print("\(index == 0 ? "" : "\n")\(bus ?? "-")") }
      print(IdentifyReport.text(findings))
    }
    if !isHeard { throw ExitCode(ExitStatus.checkFailed.rawValue) }
  }

  private func listen(
    _ specification: SourceSpecification, _ stop: CInt
  ) throws -> (buses: [(bus: String?, findings: BusFindings)], log: LogCounts?) {
    if !specification.isLog, isatty(STDERR_FILENO) != 0 {
      StandardErrorNotices().tell(
        "\(specification): listening for \(seconds) s; Ctrl-C ends earlier")
    }
    let source = try log.open(specification, stop: stop) { StandardErrorNotices().tell("\($0)") }
    var session = IdentifySession(
      source, seconds: specification.isLog ? .greatestFiniteMagnitude : seconds)
    let buses = try session.run()
    return (buses, session.source.logCounts)
  }
}
