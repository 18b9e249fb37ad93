import Foundation
import Glibc
import NIOCore
import NIOPosix

/// Asks a running gateway how it is doing.
package struct StatusClient: Sendable {
  /// No report is longer.
  private static let longest = 1 << 20
  private static let patience = TimeAmount.seconds(3)

  private let path: String

  package init(path: String) { self.path = path }

  /// The report of the gateway that listens on the socket.
  package func ask() async throws(StatusError) -> StatusReport {
    let data = try await read()
    do {
      return try StatusReport(json: data)
    } catch {
      throw .notUnderstood(path: path, reason: "it is no report")
    }
  }

  /// Whether somebody takes connections on a socket.
  static func isAnswered(path: String) async -> Bool {
    let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connectTimeout(patience)
    guard let channel = try? await bootstrap.connect(unixDomainSocketPath: path).get() else {
      return false
    }
    try? await channel.close()
    return true
  }

  private func read() async throws(StatusError) -> Data {
    guard path.utf8.count <= 107 else {
      throw .failed(path: path, reason: "a socket's path has at most 107 bytes")
    }
    do {
      let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
      let collected = eventLoop.makePromise(of: Data.self)
      let channel: any Channel
      do {
        channel = try await Self.connect(path, on: eventLoop, collecting: collected)
      } catch {
        collected.fail(error)
        throw error
      }
      let alarm = eventLoop.scheduleTask(in: Self.patience) {
        collected.fail(StatusError.noAnswer(path: path))
      }
      defer { alarm.cancel() }
      let data = try await collected.futureResult.get()
      try? await channel.close()
      return data
    } catch let error as StatusError {
      throw error
    } catch let error as IOError {
      throw Self.error(error.errnoCode, path: path)
    } catch {
      throw .failed(path: path, reason: "\(error)")
    }
  }

  /// Connects; what comes is collected from the first byte on.
  private static func connect(
    _ path: String, on eventLoop: any EventLoop, collecting promise: EventLoopPromise<Data>
  ) async throws -> any Channel {
    try await ClientBootstrap(group: eventLoop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            StatusCollector(promise: promise, longest: longest, path: path))
        }
      }
      .connectTimeout(patience).connect(unixDomainSocketPath: path).get()
  }

  private static func error(_ code: CInt, path: String) -> StatusError {
    switch code {
    case ENOENT, ENOTDIR: .notRunning(path: path)
    case ECONNREFUSED: .stale(path: path)
    case EACCES, EPERM: .notPermitted(path: path)
    default: .failed(path: path, reason: SystemError.text(code))
    }
  }
}

/// Collects what comes until the other side closes.
private final class StatusCollector: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let promise: EventLoopPromise<Data>
  private let longest: Int
  private let path: String
  private var data = Data()

  init(promise: EventLoopPromise<Data>, longest: Int, path: String) {
    self.promise = promise
    self.longest = longest
    self.path = path
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    self.data.append(contentsOf: unwrapInboundIn(data).readableBytesView)
    if self.data.count > longest {
      promise.fail(StatusError.notUnderstood(path: path, reason: "it is endless"))
      context.close(promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) { promise.succeed(data) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    promise.fail(error)
    context.close(promise: nil)
  }
}
