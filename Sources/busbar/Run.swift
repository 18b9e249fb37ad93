import ArgumentParser
import BusbarApp
import CANInterfaces
import Logging
import Publishers

/// `busbar run`: the gateway.
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Publishes a battery to Signal K until it is stopped.",
    discussion: """
      Listens to SOURCE, finds out the dialect, and keeps a Signal K server up to date. It survives \
      the server going away, and the interface going down. Ctrl-C or SIGTERM ends it.

      Examples:
        busbar run --source can0 --signalk ws://localhost:3000 --token-file signalk.token
        busbar run --source can0 --signalk stdout
        busbar run --source capture.log --speed 10 --loop --signalk stdout
      """)

  @Option(help: "A CAN interface, a log file that is replayed as if live, or '-'.")
  var source: String

  @Option(
    help: ArgumentHelp(
      "A Signal K server, or 'stdout' to print each delta on a line.",
      valueName: "ws://host:port|stdout"))
  var signalk: String

  @OptionGroup var dialect: DialectOption

  @Option(help: "The battery's place in Signal K's tree; letters and digits.")
  var batteryId = "house"

  @Option(help: "The battery's name for people, such as 'House battery'.")
  var name: String?

  @Option(
    help: ArgumentHelp(
      "The pack's nominal voltage; capacities are published with it, in joule.",
      valueName: "volt"))
  var nominalVoltage: Double?

  @Option(
    help: ArgumentHelp("A file that holds the server's access token.", valueName: "file"),
    completion: .file())
  var tokenFile: String?

  @Option(
    help: ArgumentHelp(
      "How fast to replay a log: 1 as recorded, N times as fast, or max.", valueName: "1|N|max"))
  var speed = ReplaySpeed.asRecorded

  @Flag(help: "Begin a log again when it ends.")
  var loop = false

  func run() async throws {
    LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
    let logger = Logger(label: "busbar")
    do {
      let gateway = Gateway(
        bus: Gateway.Bus(
          try SourceSpecification(parsing: source), name: source, speed: speed, isLooping: loop),
        choice: try dialect.choice(),
        battery: try SignalKBattery(id: batteryId, name: name, nominalVoltage: nominalVoltage),
        destination: try SignalKDestination(parsing: signalk),
        tokenFile: tokenFile.map { TokenFile(path: $0) }, logger: logger)
      try await gateway.run()
    } catch let error as SourceError {
      throw CommandFailure(error, error.isUsage ? .wrongCommand : .outsideFailed)
    } catch let error as SimulationSetupError {
      throw CommandFailure(error, .wrongCommand)
    } catch let error as SignalKError {
      throw CommandFailure(error, error.isSetting ? .wrongCommand : .outsideFailed)
    }
  }
}
