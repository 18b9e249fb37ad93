import CANInterfaces
import Logging
import UnixSignals

/// The gateway's one loop: what happens is taken in turn, so that nothing here needs a lock.
struct GatewayLoop {
  /// How long parts that a new configuration drops have to end.
  private static let reloadPatience = Duration.seconds(2)

  private var happenings: AsyncStream<Happening>.AsyncIterator
  private let sender: AsyncStream<Happening>.Continuation
  private let loader: ConfigurationLoader
  private var parts: RunningParts
  private let board: PartBoard
  private let manager: ServiceManager
  private let logger: Logger
  private var settings = GatewaySettings()
  private var status: (path: String, task: Task<Void, Never>)?
  private var alarms = 0

  init(
    happenings: AsyncStream<Happening>.AsyncIterator, sender: AsyncStream<Happening>.Continuation,
    loader: ConfigurationLoader, parts: RunningParts, board: PartBoard, manager: ServiceManager,
    logger: Logger
  ) {
    self.happenings = happenings
    self.sender = sender
    self.loader = loader
    self.parts = parts
    self.board = board
    self.manager = manager
    self.logger = logger
  }

  /// Starts every part.
  mutating func start(_ settings: GatewaySettings) {
    self.settings = settings
    GatewayLog.setLevel(settings.logLevel)
    serveStatus()
    parts.start(settings)
  }

  /// Runs until there is a reason to end.
  ///
  /// - Returns: What went wrong, or `nil` if it is a good end.
  mutating func untilEnd() async -> (any Error)? {
    while let happening = await happenings.next(isolation: #isolation) {
      parts.ended(happening)
      switch happening {
      case .signal(.sighup): await reload()
      case .signal: return nil
      case .sourceEnded(_, _, let error?): return error
      case .sourceEnded, .destinationEnded:
        if let failure = parts.failure { return failure }
        if parts.areEnded { return nil }
      case .timePassed: break
      }
    }
    return nil
  }

  /// Ends every part: sources first, then destinations when they have sent what is left.
  mutating func stop(flushing: Duration, ending: Duration) async {
    parts.stopSources()
    await wait(atMost: flushing) { $0.areEnded }
    parts.stopDestinations()
    await wait(atMost: ending) { $0.areEnded }
    status?.task.cancel()
    await status?.task.value
    if !parts.areEnded {
      let names = board.parts.filter { $0.state != .ended }.map(\.name).joined(separator: ", ")
      logger.warning("ended without waiting for \(names)")
    }
  }

  /// Takes over the configuration as it is now; one that is wrong changes nothing.
  private mutating func reload() async {
    manager.tell(.reloading(monotonicMicroseconds: SystemClock.monotonic / 1000))
    defer { manager.tell(.ready) }
    let loaded: LoadedConfiguration
    do throws(ConfigurationRefusal) {
      loaded = try loader.load()
    } catch {
      for line in error.lines { logger.error("\(line)") }
      logger.error("SIGHUP: the configuration is wrong; the old one stays")
      return
    }
    for note in loaded.notes { logger.notice("\(note)") }
    var next = loaded.settings
    // What runs is not ended by a source that went away while it ran.
    next.waitsForSources = true
    if parts.stopOthers(than: next) {
      await wait(atMost: Self.reloadPatience) { $0.isSettled(next) }
    }
    parts.forgetEnded(except: next)
    start(next)
    logger.notice("SIGHUP: the configuration is taken over")
  }

  /// Waits for something about the parts, but not for ever.
  private mutating func wait(atMost limit: Duration, _ isDone: (RunningParts) -> Bool) async {
    alarms += 1
    let number = alarms
    let alarm = Task { [sender] in
      try await Task.sleep(for: limit)
      sender.yield(.timePassed(number))
    }
    defer { alarm.cancel() }
    while !isDone(parts), let happening = await happenings.next(isolation: #isolation) {
      parts.ended(happening)
      if case .timePassed(number) = happening { return }
      // Whoever asks again to end, or asks to while this lasts, is not kept waiting.
      if case .signal(let signal) = happening, signal != .sighup {
        sender.yield(happening)
        return
      }
    }
  }

  private mutating func serveStatus() {
    guard status?.path != settings.statusSocket else { return }
    status?.task.cancel()
    status = settings.statusSocket.map { path in
      let server = StatusServer(path: path, board: board, logger: logger)
      return (path, Task { await server.run() })
    }
  }
}
