import NIOCore
import NIOPosix

/// A TCP server that is no Signal K server: it says one thing, whatever it is asked.
package final class StandInOtherServer: Sendable {
  private let listener: any Channel

  /// Starts on a free port of 127.0.0.1.
  ///
  /// - Parameter words: What a client gets before the connection is closed; `nil` for nothing at
  ///   all on a connection that stays open.
  /// - Throws: What the operating system says if there is no port.
  package init(saying words: String?) async throws {
    listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          guard let words else { return }
          try channel.pipeline.syncOperations.addHandler(Speaker(words: words))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  /// The address for a Signal K client.
  package var url: String { "ws://127.0.0.1:\(listener.localAddress?.port ?? 0)" }

  /// Ends the server.
  package func stop() async { try? await listener.close().get() }
}

/// Answers the first bytes, and hangs up.
private final class Speaker: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let words: String

  init(words: String) { self.words = words }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(string: words)), promise: nil)
    context.close(promise: nil)
  }
}
