import BatteryModel
import BusbarTestSupport
import Logging
import Publishers
import ServiceLifecycle
import Testing

/// A battery that is fed to a service by hand; each word comes a second after the last.
final class LiveBattery: Sendable {
  private struct State: Sendable {
    var snapshot = BatterySnapshot()
    var second: Int64 = 0
  }

  let updates: AsyncStream<BatteryUpdate>
  private let continuation: AsyncStream<BatteryUpdate>.Continuation
  private let state = Watched(State())

  init() { (updates, continuation) = AsyncStream.makeStream() }

  /// The BMS says something, and an update tells of it.
  func say(_ quantity: BatteryQuantity, _ value: QuantityValue?) {
    let update = state.change { state in
      state.second += 1
      let heard = state.second * 1_000_000_000
      state.snapshot.record(quantity, value, time: EncoderBench.start + heard, heard: heard)
      return BatteryUpdate(
        snapshot: state.snapshot, now: heard, time: EncoderBench.start + heard)
    }
    continuation.yield(update)
  }

  /// The BMS says everything that it can say, so many seconds after its last word.
  func sayEverything(
    alarms: AlarmState = .inactive, voltage: Double = 13.28, after seconds: Int64 = 1
  ) {
    let update = state.change { state in
      state.second += seconds
      let heard = state.second * 1_000_000_000
      state.snapshot = .everything(
        time: EncoderBench.start + heard, heard: heard, alarms: alarms)
      state.snapshot.record(
        .voltage, .number(voltage), time: EncoderBench.start + heard, heard: heard)
      return BatteryUpdate(
        snapshot: state.snapshot, now: heard, time: EncoderBench.start + heard)
    }
    continuation.yield(update)
  }

  func finish() { continuation.finish() }
}

/// Everything that a test of a running service needs.
struct ServiceBench {
  let server: StandInSignalKServer
  let battery: LiveBattery
  let board: SignalKStatusBoard
  let log: Watched<[String]>
  /// Ends the service as a daemon's end does.
  let shutDown: @Sendable () async -> Void

  var url: String { server.url }

  /// Says a voltage until the server knows it: a connection may come in between.
  func publish(_ volts: Double) async throws {
    battery.say(.voltage, .number(volts))
    _ = try await server.state.first { state in
      state.model.leaves["electrical.batteries.house.voltage"]?.value == .number(volts)
        ? true : nil
    }
  }

  func waitForLine(_ text: String) async throws -> String {
    try await log.first { $0.first { $0.contains(text) } }
  }
}

/// Runs a service against a server; afterwards all that was sent is kept for the validator.
func withService(
  to settings: StandInSignalKSettings = .init(), timing: SignalKTiming = .init(),
  token: TokenFile? = nil, battery: LiveBattery = LiveBattery(),
  _ body: @Sendable (ServiceBench) async throws -> Void
) async throws {
  let server = try await StandInSignalKServer.start(settings)
  try await withService(
    on: server, access: token.map(SignalKAccess.tokenFile) ?? .open, timing: timing,
    battery: battery, body)
  await server.stop()
}

/// Runs a service against a server that is there already; all that was sent is kept.
func withService(
  on server: StandInSignalKServer, at address: SignalKServerAddress? = nil, access: SignalKAccess,
  trust: SignalKTrust = .system, timing: SignalKTiming = .init(),
  battery: LiveBattery = LiveBattery(), _ body: @Sendable (ServiceBench) async throws -> Void
) async throws {
  var configuration = SignalKConfiguration(
    server: try address ?? .at(SignalKEndpoint(parsing: server.url)), access: access, trust: trust)
  configuration.timing = timing
  configuration.backoff = Backoff(first: .milliseconds(50), longest: .milliseconds(200))
  let handler = LogLines()
  let logger = Logger(label: "test") { _ in handler }
  let service = SignalKService(
    configuration: configuration,
    feeds: [
      SignalKFeed(try SignalKBattery(id: "house", nominalVoltage: 12.8), battery.updates)
    ], logger: logger)
  let group = ServiceGroup(
    configuration: .init(
      services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
      logger: Logger(label: "group") { _ in SwiftLogNoOpLogHandler() }))
  let bench = ServiceBench(
    server: server, battery: battery, board: service.board, log: handler.lines,
    shutDown: { await group.triggerGracefulShutdown() })
  try await withThrowingTaskGroup(of: Void.self) { tasks in
    tasks.addTask { try await group.run() }
    do {
      try await body(bench)
    } catch {
      Issue.record("\(error); the log says \(bench.log.value)")
    }
    await group.triggerGracefulShutdown()
    try await tasks.waitForAll()
  }
  try DeltaRecording.keep(server.state.value.receivedTexts)
}
