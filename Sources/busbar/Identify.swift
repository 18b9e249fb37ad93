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
        busbar identify --json capture.log
        busbar identify - < pasted.txt
      """)

  @Argument(help: "A CAN interface, a log file, or '-'.", completion: .file())
  var source: String

  @Option(help: ArgumentHelp("How long to listen to a bus.", valueName: "number"))
  var seconds = 10.0

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard (0.1...86_400).contains(seconds) else {
      throw ValidationError("--seconds is \(seconds), expected 0.1 to 86400")
    }
  }

  func run() throws {
    do {
      let stop = try StopSignal.install()
      let findings =
        switch try SourceSpecification(parsing: source) {
        case .interface(let name): try listen(name, stop)
        case .file(let path): try read(path, stop)
        case .standardInput: try read("-", stop)
        case .simulator(let text): try simulate(text, stop)
        }
      print(json ? try IdentifyJSON(findings).text() : IdentifyReport.text(findings))
      if findings.census.frameCount == 0 { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    } catch let error as SourceError {
      throw CommandFailure(error, error.isUsage ? .wrongCommand : .outsideFailed)
    } catch let error as CallFailure {
      throw CommandFailure(error, .outsideFailed)
    } catch let error as SimulationSetupError {
      throw CommandFailure(error, .wrongCommand)
    }
  }

  private func simulate(_ text: String, _ stop: CInt) throws -> BusFindings {
    let simulator = SimulatorSource(try SimulationSetup(parsing: text), stop: stop)
    var session = IdentifySession(simulator, seconds: seconds)
    return try session.run()
  }

  private func listen(_ name: String, _ stop: CInt) throws -> BusFindings {
    if isatty(STDERR_FILENO) != 0 {
      StandardErrorNotices().tell("\(name): listening for \(seconds) s; Ctrl-C ends earlier")
    }
    var session = IdentifySession(
      try SocketCANSource(interface: name, stop: stop), seconds: seconds)
    return try session.run()
  }

  private func read(_ path: String, _ stop: CInt) throws -> BusFindings {
    var session = IdentifySession(
      try FileSource(path, stop: stop), seconds: .greatestFiniteMagnitude)
    return try session.run()
  }
}
