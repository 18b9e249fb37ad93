import CANInterfaces
package import Logging
import ServiceLifecycle
import UnixSignals

/// `busbar run`: batteries, where they are published, and everything that keeps that going.
///
/// Each source and each destination is a part of its own: one that fails is tried again and never
/// stops another. SIGHUP reads the configuration anew, SIGINT and SIGTERM end within two seconds.
package struct Gateway: Sendable {
  /// How long parts have to end by themselves, and then to obey; together below two seconds.
  private static let patience = (
    flushing: Duration.milliseconds(1200), ending: Duration.milliseconds(400)
  )

  private let loader: ConfigurationLoader
  private let configuration: LoadedConfiguration
  private let consumers: [any BusConsumer]
  private let manager: ServiceManager
  private let logger: Logger
  private let board = PartBoard()

  /// - Parameters:
  ///   - loader: Reads the configuration again at SIGHUP.
  ///   - configuration: What it read for the start.
  ///   - consumers: Who else wants every frame.
  ///   - environment: The process's variables, for what systemd says in them.
  ///   - logger: Told of everything that changes.
  package init(
    loader: ConfigurationLoader, configuration: LoadedConfiguration,
    consumers: [any BusConsumer] = [], environment: [String: String], logger: Logger
  ) {
    self.loader = loader
    self.configuration = configuration
    self.consumers = consumers
    self.manager = ServiceManager(environment: environment)
    self.logger = logger
  }

  /// Runs until every source has ended, nothing can be published any more, or a signal comes.
  ///
  /// - Throws: Why a source cannot be opened at the start, if it is not to be waited for; or why
  ///   nothing can ever be published.
  package func run() async throws {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
    let hardStop = HardStop()
    defer { hardStop.cancel() }
    let (stream, happenings) = AsyncStream.makeStream(of: Happening.self)
    let helpers = [
      Task { for await signal in signals { happenings.yield(.signal(signal)) } },
      Task { await Housekeeping(board: board, manager: manager, logger: logger).run() },
    ]
    defer { for helper in helpers { helper.cancel() } }
    let recorder = makeRecorder()
    let watching = Task { await recorder?.run() }
    defer {
      watching.cancel()
      recorder?.close()
    }
    let consumers = consumers + (recorder.map { [$0] } ?? [])
    var loop = GatewayLoop(
      happenings: stream.makeAsyncIterator(), sender: happenings, loader: loader,
      parts: RunningParts(
        board: board, consumers: consumers, logger: logger, happenings: happenings),
      board: board, manager: manager, logger: logger)
    for note in configuration.notes { logger.notice("\(note)") }
    loop.start(configuration.settings)
    manager.tell(.ready)
    let error = await loop.untilEnd()
    manager.tell(.stopping)
    await loop.stop(flushing: Self.patience.flushing, ending: Self.patience.ending)
    if let error { throw error }
  }

  /// The recorder that the settings ask for; other settings of it count after a restart.
  private func makeRecorder() -> RecorderPart? {
    configuration.settings.recorder.map { settings in
      RecorderPart(
        settings,
        sourceNames: configuration.settings.batteries.map(\.source).joined(separator: ", "),
        reporter: board.add(.recorder, name: settings.path, battery: "all"), logger: logger)
    }
  }
}
