import CANInterfaces
import Logging
import Publishers

/// The parts that run now: starts them, stops them, and takes over other settings.
///
/// Each part is a task that is not waited for by its siblings, since one that hangs must not keep the
/// others from ending. All of them are used from the gateway's loop alone.
struct RunningParts {
  /// A destination and the batteries that are published there, over one connection.
  struct DestinationKey: Hashable, Sendable {
    var batteries: [String]
    var destination: DestinationSettings

    /// Whether the settings name just this.
    func isNamed(by settings: GatewaySettings) -> Bool {
      settings.destinations.contains(destination) && settings.batteries.map(\.id) == batteries
    }
  }

  private struct Running {
    var settings: BatterySettings
    var hub: UpdateHub
    var source: Task<Void, Never>
    var reporter: PartReporter
    var isEnded = false
  }

  private struct RunningDestination {
    var task: Task<Void, Never>
    var reporter: PartReporter
    var failure: (any Error)?
    var isEnded = false
  }

  let board: PartBoard
  let consumers: [any BusConsumer]
  let logger: Logger
  let happenings: AsyncStream<Happening>.Continuation
  private var sources: [String: Running] = [:]
  private var destinations: [DestinationKey: RunningDestination] = [:]

  init(
    board: PartBoard, consumers: [any BusConsumer], logger: Logger,
    happenings: AsyncStream<Happening>.Continuation
  ) {
    self.board = board
    self.consumers = consumers
    self.logger = logger
    self.happenings = happenings
  }

  /// Whether everything has come to its end.
  var areEnded: Bool {
    sources.values.allSatisfy(\.isEnded) && destinations.values.allSatisfy(\.isEnded)
  }

  /// Why nothing can be published anywhere any more; `nil` while something can.
  var failure: (any Error)? {
    let failures = destinations.values.map(\.failure)
    return failures.allSatisfy { $0 != nil } ? failures.first ?? nil : nil
  }

  /// Starts what the settings name and does not run yet.
  mutating func start(_ settings: GatewaySettings) {
    let isOne = settings.batteries.count == 1
    let folder = settings.stateFolder.map { StateFolder($0) }
    for battery in settings.batteries {
      let ending = isOne ? "" : " (\(battery.id))"
      if sources[battery.id] == nil {
        sources[battery.id] = startSource(
          battery, folder: folder, waitsAtStart: settings.waitsForSources, ending: ending)
      }
    }
    for destination in settings.destinations {
      let key = DestinationKey(
        batteries: settings.batteries.map(\.id), destination: destination)
      guard destinations[key] == nil else { continue }
      let feeds = settings.batteries.compactMap { battery in
        sources[battery.id].map { DestinationFeed(battery: battery.signalK, hub: $0.hub) }
      }
      destinations[key] = startDestination(key, feeds, folder: folder)
    }
  }

  /// Tells what the settings do not name any more, or name otherwise, to stop.
  ///
  /// - Returns: Whether there is something to wait for.
  mutating func stopOthers(than settings: GatewaySettings) -> Bool {
    for running in sources.values where !settings.batteries.contains(running.settings) {
      running.source.cancel()
    }
    // One whose batteries all end sends what is left and ends by itself.
    for (key, running) in destinations where !isKept(key, settings) {
      if key.batteries.contains(where: { isKept($0, settings) }) { running.task.cancel() }
    }
    return !isSettled(settings)
  }

  /// Whether only what the settings name is left.
  func isSettled(_ settings: GatewaySettings) -> Bool {
    sources.values.allSatisfy { settings.batteries.contains($0.settings) || $0.isEnded }
      && destinations.allSatisfy { key, running in running.isEnded || isKept(key, settings) }
  }

  /// Whether a battery goes on under these settings as it is.
  private func isKept(_ battery: String, _ settings: GatewaySettings) -> Bool {
    settings.batteries.contains { $0.id == battery && $0 == sources[battery]?.settings }
  }

  /// Whether a destination goes on under these settings, with the same batteries.
  private func isKept(_ key: DestinationKey, _ settings: GatewaySettings) -> Bool {
    key.isNamed(by: settings) && key.batteries.allSatisfy { isKept($0, settings) }
  }

  /// Takes what has ended off the board, so that it can be started anew.
  mutating func forgetEnded(except settings: GatewaySettings) {
    for (key, running) in destinations where !isKept(key, settings) {
      running.reporter.remove()
      destinations[key] = nil
    }
    for (id, running) in sources where !settings.batteries.contains(running.settings) {
      running.reporter.remove()
      sources[id] = nil
    }
  }

  /// Tells the sources to stop; what they heard goes to the destinations, which then end too.
  func stopSources() { for running in sources.values { running.source.cancel() } }

  /// Tells the destinations to end with or without what is left.
  func stopDestinations() { for running in destinations.values { running.task.cancel() } }

  /// Takes note of an end.
  mutating func ended(_ happening: Happening) {
    switch happening {
    case .sourceEnded(let battery, let part, _):
      // A part that took too long to end has a successor by now, which this is not about.
      guard sources[battery]?.reporter.key == part else { return }
      sources[battery]?.isEnded = true
    case .destinationEnded(let key, let part, let end):
      guard destinations[key]?.reporter.key == part else { return }
      destinations[key]?.isEnded = true
      if case .failed(let error) = end { destinations[key]?.failure = error }
    case .signal, .timePassed: break
    }
  }
}

extension RunningParts {
  private func startSource(
    _ battery: BatterySettings, folder: StateFolder?, waitsAtStart: Bool, ending: String
  ) -> Running {
    let hub = UpdateHub()
    let reporter = board.add(.source, name: battery.source, battery: battery.id)
    let part = SourcePart(
      settings: battery, title: "source \(battery.source)\(ending)", waitsAtStart: waitsAtStart,
      hub: hub, consumers: consumers,
      pin: battery.isLive ? folder.map { DialectPin(folder: $0, battery: battery.id) } : nil,
      reporter: reporter, logger: logger)
    let task = Task { [happenings] in
      do {
        try await part.run()
        happenings.yield(.sourceEnded(battery: battery.id, part: reporter.key, error: nil))
      } catch {
        happenings.yield(.sourceEnded(battery: battery.id, part: reporter.key, error: error))
      }
    }
    return Running(settings: battery, hub: hub, source: task, reporter: reporter)
  }

  private func startDestination(
    _ key: DestinationKey, _ feeds: [DestinationFeed], folder: StateFolder?
  ) -> RunningDestination {
    let reporter = board.add(
      .destination, name: key.destination.text, battery: key.batteries.joined(separator: ", "))
    let part = DestinationPart(
      settings: key.destination, feeds: feeds, folder: folder, reporter: reporter, logger: logger,
      title: "signalk \(key.destination.text)")
    let task = Task { [happenings] in
      let end = await part.run()
      happenings.yield(.destinationEnded(key, part: reporter.key, end))
    }
    return RunningDestination(task: task, reporter: reporter)
  }
}
