import BMSDialects
import BatteryModel
import CANFrames
package import CANInterfaces
package import Logging
package import Publishers
import ServiceLifecycle
import UnixSignals

/// The wiring of `busbar run`: one bus, one battery, and where its state is published.
package struct Gateway: Sendable {
  /// Where frames come from, and how they are replayed if it is a file.
  package struct Bus: Sendable {
    package var specification: SourceSpecification
    /// As the user wrote it, for the log.
    package var name: String
    package var speed: ReplaySpeed
    package var isLooping: Bool

    package init(
      _ specification: SourceSpecification, name: String, speed: ReplaySpeed, isLooping: Bool
    ) {
      self.specification = specification
      self.name = name
      self.speed = speed
      self.isLooping = isLooping
    }
  }

  private let bus: Bus
  private let choice: DialectChoice
  private let battery: SignalKBattery
  private let destination: SignalKDestination
  private let tokenFile: TokenFile?
  private let logger: Logger

  /// - Parameters:
  ///   - bus: Where frames come from.
  ///   - choice: The dialect, or that it is to be found out.
  ///   - battery: What it is called when it is published.
  ///   - destination: Where it is published.
  ///   - tokenFile: Holds the server's access token, if it wants one.
  ///   - logger: Told of everything that changes.
  package init(
    bus: Bus, choice: DialectChoice, battery: SignalKBattery, destination: SignalKDestination,
    tokenFile: TokenFile?, logger: Logger
  ) {
    self.bus = bus
    self.choice = choice
    self.battery = battery
    self.destination = destination
    self.tokenFile = tokenFile
    self.logger = logger
  }

  /// Runs until the source ends or SIGINT or SIGTERM comes.
  ///
  /// - Throws: ``SourceError`` if the source cannot be opened or fails, ``SignalKError`` if nothing
  ///   can ever be published.
  package func run() async throws {
    let (updates, continuation) = AsyncStream.makeStream(
      of: BatteryUpdate.self, bufferingPolicy: .bufferingNewest(16))
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          .init(
            service: try busService(continuation), successTerminationBehavior: .ignore,
            failureTerminationBehavior: .gracefullyShutdownGroup),
          .init(
            service: publisher(updates), successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .gracefullyShutdownGroup),
        ],
        gracefulShutdownSignals: [.sigint, .sigterm], logger: logger))
    try await group.run()
  }

  private func busService(
    _ updates: AsyncStream<BatteryUpdate>.Continuation
  ) throws -> any Service {
    let stop = try WakeSignal()
    switch bus.specification {
    case .interface(let name):
      // With a given dialect the kernel hands over only what that dialect describes.
      let identifiers: [CANIdentifier] =
        if case .fixed(let dialect) = choice { dialect.identifiers } else { [] }
      return BusService(
        open: {
          try SocketCANSource(interface: name, receiving: identifiers, stop: stop.descriptor)
        }, name: name, choice: choice, updates: updates, stop: stop, logger: logger)
    case .file(let path): return replay(path, updates, stop)
    case .standardInput: return replay("-", updates, stop)
    case .simulator(let text):
      let setup = try SimulationSetup(parsing: text)
      return BusService(
        open: { SimulatorSource(setup, asIfLive: true, stop: stop.descriptor) }, name: bus.name,
        choice: choice, updates: updates, stop: stop, logger: logger)
    }
  }

  private func replay(
    _ path: String, _ updates: AsyncStream<BatteryUpdate>.Continuation, _ stop: WakeSignal
  ) -> any Service {
    let bus = bus
    return BusService(
      open: {
        try ReplaySource(
          path, speed: bus.speed, isLooping: bus.isLooping, asIfLive: true, stop: stop.descriptor)
      }, name: bus.name, choice: choice, updates: updates, stop: stop, logger: logger)
  }

  private func publisher(_ updates: AsyncStream<BatteryUpdate>) -> any Service {
    switch destination {
    case .standardOutput:
      SignalKPrinter(battery: battery, updates: updates)
    case .server(let endpoint):
      SignalKService(
        configuration: SignalKConfiguration(
          battery: battery, endpoint: endpoint, tokenFile: tokenFile),
        updates: updates, logger: logger)
    }
  }
}
