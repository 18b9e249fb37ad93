package import BatteryModel
package import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Publishes batteries to every Signal K server that connects to us: "Signal K over TCP".
///
/// Each gets lines of deltas, at its own pace: everything when it comes, then what changes. What it
/// says is not read. One that takes nothing for too long is let go, and may come again.
package struct SignalKListener<Updates>: Service
where Updates: AsyncSequence<BatteryUpdate, Never> & Sendable {
  /// A server connects once; the rest are dashboards, scripts and strangers.
  private static var mostClients: Int { 16 }

  /// In bytes: what waits for a slow client grows old, so that not much may.
  private static var sendBuffer: Int { 65_536 }

  /// How it is doing.
  package let board = SignalKStatusBoard()
  private let address: SignalKListenAddress
  private let feeds: [SignalKFeed<Updates>]
  private let timing: SignalKTiming
  private let backoff: Backoff
  private let onListening: @Sendable (Int) -> Void
  private let logger: Logger

  /// Creates the service; nothing happens before ``run()``.
  ///
  /// - Parameters:
  ///   - address: Where to listen.
  ///   - feeds: Which batteries, each with an id of its own.
  ///   - timing: How long a client may take nothing: `silence`.
  ///   - backoff: When to try again if the address cannot be had.
  ///   - onListening: Called with the port once it listens.
  ///   - logger: Told of clients that come and go.
  package init(
    address: SignalKListenAddress, feeds: [SignalKFeed<Updates>], timing: SignalKTiming = .init(),
    backoff: Backoff = .init(), onListening: @escaping @Sendable (Int) -> Void = { _ in },
    logger: Logger
  ) {
    self.address = address
    self.feeds = feeds
    self.timing = timing
    self.backoff = backoff
    self.onListening = onListening
    self.logger = logger
  }

  /// Runs until all updates end, the task is cancelled or a graceful shutdown begins.
  ///
  /// An address that is taken is tried again and again.
  package func run() async {
    await cancelWhenGracefulShutdown {
      let fanOut = UpdateFanOut()
      await withDiscardingTaskGroup { group in
        group.addTask { await fanOut.feed(from: feeds) }
        await listen(fanOut)
        group.cancelAll()
      }
      board.enter(.ended)
    }
  }

  private func listen(_ fanOut: UpdateFanOut) async {
    var backoff = backoff
    var random = SystemRandomNumberGenerator()
    var report = OutageReport()
    while !Task.isCancelled, !fanOut.isFinished {
      do throws(SignalKError) {
        try await serve(fanOut)
        // It ended by itself, for example since there are no descriptors: not at once again.
        if !fanOut.isFinished { try? await Task.sleep(for: backoff.delay(using: &random)) }
      } catch {
        board.failed(error, missed: 0)
        let delay = backoff.delay(using: &random)
        if report.failed("\(error)", at: Int64(NIODeadline.now().uptimeNanoseconds)) {
          logger.warning("Cannot listen for Signal K servers", metadata: ["reason": "\(error)"])
        }
        try? await Task.sleep(for: delay)
      }
    }
  }

  private func serve(_ fanOut: UpdateFanOut) async throws(SignalKError) {
    let server: NIOAsyncChannel<any Channel, Never>
    do {
      server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelOption(.socketOption(.so_sndbuf), value: Self.sendBuffer)
        .bind(host: address.host, port: address.port) { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(DeafEar())
            return channel
          }
        }
    } catch {
      throw .cannotListen(address: "\(address)", reason: error.shortReason)
    }
    board.enter(.listening(clients: 0), server: "\(address)")
    let port = server.channel.localAddress?.port ?? address.port
    logger.notice(
      "Listening for Signal K servers", metadata: ["address": "\(address)", "port": "\(port)"])
    onListening(port)
    try? await server.executeThenClose { inbound in
      await withDiscardingTaskGroup { group in
        group.addTask {
          await fanOut.finished()
          server.channel.close(promise: nil)
        }
        do {
          for try await client in inbound {
            guard fanOut.clients < Self.mostClients else {
              logger.warning(
                "Too many clients for Signal K over TCP", metadata: ["most": "\(Self.mostClients)"])
              client.close(promise: nil)
              continue
            }
            let mailbox = fanOut.join()
            group.addTask { await attend(client, mailbox, fanOut) }
          }
        } catch {
          logger.warning("Stopped to listen", metadata: ["reason": "\(error.shortReason)"])
        }
        group.cancelAll()
      }
    }
  }

  /// Writes to one client until it goes, takes nothing for too long, or there is nothing more.
  private func attend(_ channel: any Channel, _ mailbox: UpdateMailbox, _ fanOut: UpdateFanOut)
    async
  {
    let name = channel.remoteAddress.map { "\($0.ipAddress ?? "?"):\($0.port ?? 0)" } ?? "unknown"
    logger.notice("A client has come for Signal K over TCP", metadata: ["client": "\(name)"])
    board.change { $0.connections += 1 }
    board.enter(.listening(clients: fanOut.clients))
    channel.closeFuture.whenComplete { _ in mailbox.interrupt() }
    let isSlow = await withTaskCancellationHandler {
      await write(to: channel, from: mailbox)
    } onCancel: {
      channel.close(promise: nil)
    }
    try? await channel.close().get()
    fanOut.leave(mailbox)
    if isSlow { board.change { $0.slowClients += 1 } }
    board.enter(.listening(clients: fanOut.clients))
    logger.notice(
      isSlow ? "Let a client go that takes nothing" : "A client for Signal K over TCP has gone",
      metadata: ["client": "\(name)"])
  }

  /// - Returns: Whether it ended since the client took nothing for too long.
  private func write(to channel: any Channel, from mailbox: UpdateMailbox) async -> Bool {
    var encoders = feeds.map { SignalKEncoder(battery: $0.battery) }
    while case .update(let update, let feed) = await mailbox.next() {
      let lines = encoders[feed].deltas(for: update).flatMap(DeltaLines.lines)
      guard !lines.isEmpty else { continue }
      let text = lines.map { $0 + "\n" }.joined()
      let isLate = NIOLockedValueBox(false)
      let alarm = channel.eventLoop.scheduleTask(in: .init(timing.silence)) {
        isLate.withLockedValue { $0 = true }
        channel.close(promise: nil)
      }
      let written: EventLoopFuture<Void> = channel.writeAndFlush(ByteBuffer(string: text))
      // On the loop itself: by the time this task goes on, a busy machine may be late for the alarm.
      written.whenComplete { _ in alarm.cancel() }
      do {
        try await written.get()
      } catch {
        return isLate.withLockedValue(\.self)
      }
      board.sent(lines.count)
    }
    return false
  }
}

/// Reads what a client says and forgets it.
private final class DeafEar: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
