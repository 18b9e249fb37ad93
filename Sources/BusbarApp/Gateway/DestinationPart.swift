import BatteryModel
import CANInterfaces
import Logging
import Publishers
import ServiceLifecycle

/// A battery, and where what becomes known of it is told.
struct DestinationFeed: Sendable {
  var battery: SignalKBattery
  var hub: UpdateHub
}

/// Publishes every battery to one destination, and starts again when that fails.
struct DestinationPart: Sendable {
  /// How a destination came to its end.
  enum End: Sendable {
    /// The battery's updates have ended, or the part was to stop.
    case finished
    /// Nothing can ever be published there again.
    case failed(any Error)
  }

  let settings: DestinationSettings
  let feeds: [DestinationFeed]
  /// Where access that was granted is kept; `nil` to keep none.
  let folder: StateFolder?
  let reporter: PartReporter
  let logger: Logger
  let title: String

  /// Runs until the updates end, the task is cancelled, or nothing can be published ever.
  func run() async -> End {
    defer { reporter.became(.ended, reporter.status?.detail) }
    var backoff = Backoff()
    var random = SystemRandomNumberGenerator()
    while !Task.isCancelled {
      let start = ContinuousClock.now
      do {
        let publisher = makePublisher()
        reporter.follow(publisher.board)
        defer { reporter.follow(nil) }
        try await publisher.service.run()
        if isFinished || Task.isCancelled { return .finished }
        tell("it ended by itself")
      } catch {
        if isFinished || Task.isCancelled { return .finished }
        guard settings.destination != .standardOutput else {
          tell("\(error)")
          return .failed(error)
        }
        tell("\(error)")
      }
      backoff.connectionEnded(after: .now - start)
      let delay = backoff.delay(using: &random)
      reporter.rests(nanoseconds: Int64(delay / .nanoseconds(1)))
      try? await Task.sleep(for: delay)
    }
    return .finished
  }

  private func tell(_ reason: String) {
    guard reporter.became(.failing, reason) else { return }
    logger.warning("\(title): \(reason)")
  }

  /// Whether no battery will tell anything any more.
  private var isFinished: Bool { feeds.allSatisfy(\.hub.isFinished) }

  /// The service that publishes; the one place where the gateway makes one of a destination.
  private func makePublisher() -> SignalKPublisher.Publisher {
    // Standard output is always there; it has no board.
    if settings.destination == .standardOutput { reporter.became(.working) }
    let handler = PartLogHandler(logger: logger, title: title)
    return SignalKPublisher.publisher(
      to: settings.destination,
      feeds: feeds.map {
        SignalKFeed($0.battery, WatchedUpdates(base: $0.hub.updates(), reporter: reporter))
      }, access: settings.access(folder), trust: settings.trust(folder),
      logger: Logger(label: "busbar.signalk") { _ in handler })
  }
}

/// Updates that count themselves when they are taken, so that a destination that hangs is noticed.
struct WatchedUpdates: AsyncSequence, Sendable {
  typealias Element = BatteryUpdate
  typealias Failure = Never

  let base: AsyncStream<BatteryUpdate>
  let reporter: PartReporter

  struct Iterator: AsyncIteratorProtocol {
    fileprivate var base: AsyncStream<BatteryUpdate>.Iterator
    fileprivate let reporter: PartReporter

    mutating func next() async -> BatteryUpdate? { await next(isolation: nil) }

    mutating func next(isolation actor: isolated (any Actor)?) async -> BatteryUpdate? {
      let update = await base.next(isolation: actor)
      if update != nil { reporter.counted(1) }
      return update
    }
  }

  func makeAsyncIterator() -> Iterator {
    Iterator(base: base.makeAsyncIterator(), reporter: reporter)
  }
}
