import BatteryModel
import Logging
import NIOCore
import NIOPosix

/// Keeps the connection to one server, and sends on it what the encoder makes of the mailbox.
struct SignalKLink {
  private enum End {
    /// The connection was lost; another may come.
    case lost(SignalKError)
    /// We want no other.
    case finished
  }

  private let configuration: SignalKConfiguration
  private let mailbox: UpdateMailbox
  private let logger: Logger
  private let eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()
  private var encoder: SignalKEncoder
  private var backoff: Backoff
  private var report = OutageReport()
  private var random = SystemRandomNumberGenerator()
  private var lastStatus: LoginStatus?

  init(configuration: SignalKConfiguration, mailbox: UpdateMailbox, logger: Logger) {
    self.configuration = configuration
    self.mailbox = mailbox
    self.logger = logger
    self.encoder = SignalKEncoder(battery: configuration.battery)
    self.backoff = configuration.backoff
  }

  /// Connects again and again, until the mailbox is finished or the task is cancelled.
  mutating func run() async {
    while !Task.isCancelled {
      switch await publish() {
      case .finished: return
      case .lost where Task.isCancelled: return
      case .lost(let error):
        let delay = backoff.delay(using: &random)
        tell(error, delay: delay)
        guard await isStillWanted(after: delay) else { return }
      }
    }
  }

  /// Publishes on one connection until it ends.
  private mutating func publish() async -> End {
    do {
      guard
        let connection = try await SignalKConnection.open(
          to: configuration.endpoint, tokenFile: configuration.tokenFile,
          timing: configuration.timing, on: eventLoop)
      else { return .finished }
      let start = ContinuousClock.now
      defer { backoff.connectionEnded(after: .now - start) }
      report.connected()
      logger.notice("Connected to Signal K", metadata: metadata(of: connection.hello))
      return await withTaskCancellationHandler {
        await greet(connection)
        return await pump(into: connection)
      } onCancel: {
        connection.startClosing()
      }
    } catch {
      return .lost(error)
    }
  }

  /// Learns what the server knows, so that nothing of the user's is overwritten.
  private mutating func greet(_ connection: SignalKConnection) async {
    // A token file that became unreadable since the connection was opened is told by the next one.
    let token = try? configuration.tokenFile?.read()
    let rest = SignalKREST(
      connector: HTTPConnector(
        endpoint: configuration.endpoint, token: token, eventLoop: eventLoop),
      timing: configuration.timing)
    async let status = rest.loginStatus()
    async let members = rest.metaMembers(of: configuration.battery)
    encoder.connected(to: .init(startId: connection.hello.startId, metaMembers: await members))
    warn(about: await status)
  }

  private mutating func pump(into connection: SignalKConnection) async -> End {
    mailbox.rewind()
    connection.whenEnded { [mailbox] in mailbox.interrupt() }
    do throws(SignalKError) {
      while case .update(let update) = await mailbox.next() {
        for delta in encoder.messages(for: update) { try await connection.send(delta) }
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

extension SignalKLink {
  private mutating func tell(_ error: SignalKError, delay: Duration) {
    guard report.failed(at: Int64(NIODeadline.now().uptimeNanoseconds)) else { return }
    logger.warning(
      "Not connected to Signal K",
      metadata: [
        "reason": "\(error)", "next_try_seconds": "\((delay.seconds * 10).rounded() / 10)",
        "missed_updates": "\(mailbox.missed)",
      ])
  }

  private mutating func warn(about status: LoginStatus) {
    defer { lastStatus = status }
    guard status != lastStatus,
      let warning = status.warning(tokenFile: configuration.tokenFile?.path)
    else { return }
    logger.warning("\(warning)", metadata: ["server": "\(configuration.endpoint)"])
  }

  private func metadata(of hello: SignalKHello) -> Logger.Metadata {
    [
      "server": "\(configuration.endpoint)", "name": "\(hello.name ?? "unnamed")",
      "version": "\(hello.version)", "self": "\(hello.vessel ?? "unknown")",
    ]
  }
}
