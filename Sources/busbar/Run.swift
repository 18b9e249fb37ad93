import ArgumentParser
import BusbarApp
import Foundation
import Logging

/// `busbar run`: the gateway.
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Publishes batteries to Signal K until it is stopped.",
    discussion: """
      Reads busbar.yaml, or what the options say; an option goes before its BUSBAR_ variable, both \
      before the file. Listens to each battery's source, finds out the dialect, and keeps Signal K \
      up to date. It survives the server going away, and the interface going down.

      SIGHUP reads the configuration anew; Ctrl-C or SIGTERM ends it. 'busbar status' asks how it \
      is doing.

      Examples:
        busbar run
        busbar run --config /etc/busbar/busbar.yaml --log-level debug
        busbar run --source can0 --signalk ws://localhost:3000 --token-file signalk.token
        busbar run --source can0 --signalk stdout
        busbar run --source capture.log --speed 10 --loop --signalk stdout
      """)

  @OptionGroup var options: GatewayOptions

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    LoggingSystem.bootstrap { _ in GatewayLog(environment: environment) }
    let loader = ConfigurationLoader(
      path: options.config, flags: options.flags, environment: environment)
    let configuration = try loader.load()
    let gateway = Gateway(
      loader: loader, configuration: configuration, environment: environment,
      logger: Logger(label: "busbar"))
    try await gateway.run()
  }
}
