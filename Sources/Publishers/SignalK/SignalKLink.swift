import BatteryModel
import Logging
import NIOCore
import NIOPosix

/// Keeps the connection to one server, and sends on it what the encoders make of the mailbox.
struct SignalKLink {
  private enum End {
    /// The connection was lost, or there was none; another may come.
    case lost(SignalKError)
    /// The server does not let us in yet.
    case waiting(AccessWait, Duration, SignalKEndpoint)
    /// We want no other.
    case finished
  }

  let configuration: SignalKConfiguration
  let mailbox: UpdateMailbox
  let board: SignalKStatusBoard
  let logger: Logger
  let eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()
  let batteries: [SignalKBattery]
  private var encoders: [SignalKEncoder]
  private var locator: ServerLocator
  private var desk: AccessDesk?
  private var backoff: Backoff
  private var random = SystemRandomNumberGenerator()
  var report = OutageReport()
  var lastWarning: String?
  var lastWait: AccessWait?

  init(
    configuration: SignalKConfiguration, batteries: [SignalKBattery], mailbox: UpdateMailbox,
    board: SignalKStatusBoard, logger: Logger
  ) {
    self.configuration = configuration
    self.batteries = batteries
    self.mailbox = mailbox
    self.board = board
    self.logger = logger
    self.encoders = batteries.map { SignalKEncoder(battery: $0) }
    self.backoff = configuration.backoff
    self.locator = ServerLocator(
      configuration: configuration, eventLoop: eventLoop, logger: logger)
    if case .request(let store, let description) = configuration.access {
      self.desk = AccessDesk(store: store, description: description)
    }
  }

  /// Connects again and again, until the mailbox is finished or the task is cancelled.
  mutating func run() async {
    while !Task.isCancelled {
      let delay: Duration
      switch await publish() {
      case .finished: return
      case .waiting(let reason, let patience, let endpoint):
        delay = patience
        tell(reason, at: endpoint)
      case .lost where Task.isCancelled: return
      case .lost(let error):
        delay = backoff.delay(using: &random)
        tell(error, delay: delay)
      }
      guard await isStillWanted(after: delay) else { return }
    }
  }

  /// Publishes on one connection until it ends.
  private mutating func publish() async -> End {
    do {
      let endpoint = try await locator.locate()
      var connector = HTTPConnector(
        judge: CertificateJudge(endpoint: endpoint, trust: configuration.trust, logger: logger),
        token: nil, eventLoop: eventLoop)
      switch try await admission(by: connector) {
      case .wait(let reason, let delay): return .waiting(reason, delay, endpoint)
      case .ready(let token): connector.token = token
      }
      guard let connection = try await open(by: connector) else { return .finished }
      connected(to: endpoint, hello: connection.hello)
      let start = ContinuousClock.now
      defer { backoff.connectionEnded(after: .now - start) }
      return await withTaskCancellationHandler {
        await use(connection, connector: connector)
      } onCancel: {
        connection.startClosing()
      }
    } catch {
      return Task.isCancelled ? .finished : .lost(error)
    }
  }

  /// The token to show, if there has to be one.
  private mutating func admission(
    by connector: HTTPConnector
  ) async throws(SignalKError) -> AccessDesk.Outcome {
    switch configuration.access {
    case .open: return .ready(nil)
    case .tokenFile(let file): return .ready(try file.read())
    case .request:
      let requester = HTTPRequester(connector: connector, timing: configuration.timing)
      return try await desk?.token(by: requester, timing: configuration.timing) ?? .ready(nil)
    }
  }

  private func open(by connector: HTTPConnector) async throws(SignalKError) -> SignalKConnection? {
    do throws(SignalKError) {
      return try await SignalKConnection.open(
        by: connector, tokenPath: configuration.access.tokenPath, timing: configuration.timing)
    } catch .accessRefused(let server, let status, let reason, _) where connector.token != nil {
      guard let desk else {
        throw .accessRefused(
          server: server, status: status, reason: reason,
          tokenFile: configuration.access.tokenPath)
      }
      try desk.tokenWasRefused(by: connector.endpoint)
      throw .accessWithdrawn(server: server, status: status, reason: reason)
    } catch .untrustedCertificate(let server, let reason, nil) {
      throw .untrustedCertificate(
        server: server, reason: reason, seen: await connector.shownCertificate())
    }
  }

  /// Learns what the server knows, so that nothing of the user's is overwritten, and publishes.
  private mutating func use(
    _ connection: SignalKConnection, connector: HTTPConnector
  ) async -> End {
    let rest = SignalKREST(
      requester: HTTPRequester(connector: connector, timing: configuration.timing))
    async let status = rest.loginStatus()
    for index in encoders.indices {
      encoders[index].connected(
        to: .init(
          startId: connection.hello.startId, meta: await rest.meta(of: batteries[index])))
    }
    let watch = PermissionWatch(
      rest: rest, first: await status, timing: configuration.timing, mailbox: mailbox)
    tell(watch.findings.take() ?? .unknown, at: connector.endpoint)
    return await withTaskGroup { group in
      group.addTask { await watch.run() }
      defer { group.cancelAll() }
      return await pump(into: connection, watch: watch, endpoint: connector.endpoint)
    }
  }

  private mutating func pump(
    into connection: SignalKConnection, watch: PermissionWatch, endpoint: SignalKEndpoint
  ) async -> End {
    mailbox.rewind()
    connection.whenEnded { [mailbox] in mailbox.interrupt() }
    do throws(SignalKError) {
      delivery: while true {
        switch await mailbox.next() {
        case .update(let update, let feed):
          let deltas = encoders[feed].messages(for: update)
          for delta in deltas { try await connection.send(delta) }
          board.sent(deltas.count)
          if !deltas.isEmpty, let path = encoders[feed].sentPath {
            watch.sent(path, from: batteries[feed].sourceReference)
          }
        case .interrupted:
          guard !connection.hasEnded, let status = watch.findings.take() else { break delivery }
          tell(status, at: endpoint)
          // What was sent before we were allowed to is lost, meta and all.
          if status == .mayWrite { for index in encoders.indices { encoders[index].repeatAll() } }
        case .finished: break delivery
        }
      }
    } catch {
      return .lost(error)
    }
    // Either the connection has ended, or we want no more of it; then this ends it.
    connection.startClosing()
    return await connection.reasonOfEnd().map(End.lost) ?? .finished
  }

  /// Waits for the next attempt, and drops what arrives meanwhile.
  private func isStillWanted(after delay: Duration) async -> Bool {
    let alarm = eventLoop.scheduleTask(in: .init(delay)) { [mailbox] in mailbox.interrupt() }
    defer { alarm.cancel() }
    while true {
      switch await mailbox.next() {
      case .update: continue
      case .interrupted: return true
      case .finished: return false
      }
    }
  }
}
