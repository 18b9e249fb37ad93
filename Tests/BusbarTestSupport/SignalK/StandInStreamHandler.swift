import NIOCore
import NIOHTTP1
import NIOWebSocket

/// One client's socket on the server's side.
final class StandInStreamHandler: ChannelInboundHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundOut = WebSocketFrame

  private let server: StandInSignalKServer
  private let head: HTTPRequestHead
  private let pingInterval: TimeAmount
  private var isPongDue = false
  private var isGone = false
  private var nextPing: Scheduled<Void>?

  init(server: StandInSignalKServer, head: HTTPRequestHead, pingInterval: TimeAmount) {
    self.server = server
    self.head = head
    self.pingInterval = pingInterval
  }

  func handlerAdded(context: ChannelHandlerContext) {
    server.socketOpened(
      context.channel, token: head.token, subscription: head.parameter("subscribe") ?? "self")
    schedulePing(context)
  }

  func channelInactive(context: ChannelHandlerContext) { gone(context) }

  func handlerRemoved(context: ChannelHandlerContext) { gone(context) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = Self.unwrapInboundIn(data)
    switch frame.opcode {
    case .text, .binary:
      server.received(
        String(buffer: frame.unmaskedData), isText: frame.opcode == .text, on: context.channel)
    case .ping:
      server.state.change { $0.receivedPings += 1 }
      send(.pong, frame.unmaskedData, context)
    case .pong:
      isPongDue = false
      let words = String(buffer: frame.unmaskedData)
      server.state.change { if !$0.settings.isForgetful { $0.receivedPongs.append(words) } }
    case .connectionClose:
      var data = frame.unmaskedData
      let code = data.readInteger(as: UInt16.self).map(Int.init)
      server.state.change { if !$0.settings.isForgetful { $0.closeCodes.append(code) } }
      send(.connectionClose, frame.unmaskedData, context)
      context.close(promise: nil)
    default: break
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  /// A client that has not answered the last ping gets a close frame without a status.
  private func schedulePing(_ context: ChannelHandlerContext) {
    nextPing = context.eventLoop.assumeIsolated().scheduleTask(in: pingInterval) { [weak self] in
      guard let self, !isGone else { return }
      if isPongDue {
        send(.connectionClose, ByteBuffer(), context)
        context.close(promise: nil)
      } else {
        isPongDue = true
        send(.ping, ByteBuffer(string: "primus"), context)
        schedulePing(context)
      }
    }
  }

  private func send(
    _ opcode: WebSocketOpcode, _ data: ByteBuffer, _ context: ChannelHandlerContext
  ) {
    let frame = WebSocketFrame(fin: true, opcode: opcode, data: data)
    context.writeAndFlush(Self.wrapOutboundOut(frame), promise: nil)
  }

  private func gone(_ context: ChannelHandlerContext) {
    isGone = true
    nextPing?.cancel()
    server.socketClosed(context.channel)
  }
}
