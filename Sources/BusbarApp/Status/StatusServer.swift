import CANInterfaces
import Foundation
import Glibc
package import Logging
import NIOCore
import NIOPosix

/// Answers `busbar status` on a Unix socket: whoever connects is given one report and let go.
///
/// Nothing is read from anybody. Trouble with the socket never stops the gateway: it is told once
/// and tried again.
package struct StatusServer: Sendable {
  private static let retrying = Duration.seconds(10)

  private let path: String
  private let board: PartBoard
  private let logger: Logger
  private let started = SystemClock.realtime

  package init(path: String, board: PartBoard, logger: Logger) {
    self.path = path
    self.board = board
    self.logger = logger
  }

  /// Serves until its task is cancelled, then takes the socket away.
  package func run() async {
    var told: String?
    while !Task.isCancelled {
      do {
        let channel = try await listen()
        told = nil
        await untilCancelled()
        try? await channel.close()
        _ = unsafe unlink(path)
        return
      } catch {
        let reason = (error as? StatusError).map { "\($0)" } ?? "status socket \(path): \(error)"
        if told != reason { logger.warning("\(reason); 'busbar status' cannot ask this gateway") }
        told = reason
        try? await Task.sleep(for: Self.retrying)
      }
    }
  }

  private func listen() async throws -> any Channel {
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    // A socket that nobody listens on was left behind by a process that was killed.
    if FileManager.default.fileExists(atPath: path) {
      if await StatusClient.isAnswered(path: path) { throw StatusError.taken(path: path) }
      if isSocket { _ = unsafe unlink(path) }
    }
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.allowRemoteHalfClosure, value: false)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(StatusAnswer { text() })
        }
      }
      .bind(unixDomainSocketPath: path).get()
    // There is nothing secret in a report, and nothing can be asked for but that.
    _ = unsafe chmod(path, 0o666)
    return channel
  }

  private func text() -> String {
    let report = StatusReport(board.parts, started: started, time: SystemClock.realtime)
    return ((try? report.json()) ?? "{}") + "\n"
  }

  private var isSocket: Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
  }

  private func untilCancelled() async {
    let (stream, _) = AsyncStream.makeStream(of: Never.self)
    for await _ in stream {}
  }
}

/// Says its text to whoever has connected, and hangs up.
private final class StatusAnswer: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let text: () -> String

  init(_ text: @escaping () -> String) { self.text = text }

  func channelActive(context: ChannelHandlerContext) {
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text()))).whenComplete { _ in
      channel.close(promise: nil)
    }
    // One that does not take it is not waited for.
    channel.eventLoop.scheduleTask(in: .seconds(5)) { channel.close(promise: nil) }
  }
}
