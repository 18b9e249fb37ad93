import ArgumentParser
import BusbarApp
import Foundation

/// `busbar status`: how a running gateway is doing.
struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says how the running gateway is doing.",
    discussion: """
      Each source and each destination: what state it is in and since when, the last trouble, how \
      much it handled, and how old the newest of that is.

      The exit status is 0 if every part works, 1 if one does not, 3 if no gateway answers.

      Examples:
        busbar status
        busbar status --json
        busbar status --socket /run/busbar/status.sock
      """)

  @Option(
    help: ArgumentHelp("The gateway's status socket.", valueName: "path"), completion: .file())
  var socket: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    let report = try await ask()
    try CommandOutput.write(json ? try report.json() + "\n" : StatusText.text(report))
    if report.parts.contains(where: { $0.state == .failing }) {
      throw ExitCode(ExitStatus.checkFailed.rawValue)
    }
  }

  /// Asks where the option says; else where a gateway of this user's would listen, then systemd's.
  private func ask() async throws -> StatusReport {
    let environment = ProcessInfo.processInfo.environment
    let named = socket ?? environment["BUSBAR_STATUS_SOCKET"]
    let usual = ConfigurationSurroundings(environment: environment).statusSocket
    let systems = ConfigurationSurroundings(environment: [:]).statusSocket
    let first = named ?? usual
    // systemd's gateway has its socket elsewhere than one that this user started.
    let isOther = named == nil && usual != systems && !FileManager.default.fileExists(atPath: usual)
    return try await StatusClient(path: isOther ? systems : first).ask()
  }
}
