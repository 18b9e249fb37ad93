import BusbarTestSupport
import NIOCore
import NIOPosix

/// Connects to a port and keeps the lines that come.
final class LineClient: Sendable {
  let lines = Watched<[String]>([])
  let hasEnded = Watched(false)
  private let channel: any Channel

  /// - Parameters:
  ///   - port: Of 127.0.0.1.
  ///   - isReading: Whether it takes what comes.
  /// - Throws: What the operating system says if nobody listens.
  init(port: Int, isReading: Bool = true) async throws {
    let (lines, hasEnded) = (lines, hasEnded)
    channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.autoRead, value: isReading)
      .channelOption(.socketOption(.so_rcvbuf), value: isReading ? 1 << 20 : 4096)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            LineCollector(lines: lines, hasEnded: hasEnded))
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
  }

  func say(_ text: String) async throws {
    try await channel.writeAndFlush(ByteBuffer(string: text)).get()
  }

  func stop() async { try? await channel.close().get() }
}

private final class LineCollector: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let lines: Watched<[String]>
  private let hasEnded: Watched<Bool>
  private var rest = ""

  init(lines: Watched<[String]>, hasEnded: Watched<Bool>) {
    self.lines = lines
    self.hasEnded = hasEnded
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    rest += String(buffer: Self.unwrapInboundIn(data))
    var parts = rest.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    rest = parts.removeLast()
    let complete = parts
    lines.change { $0 += complete }
  }

  func channelInactive(context: ChannelHandlerContext) { hasEnded.change { $0 = true } }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
