import Foundation
import NIOCore
import NIOWebSocket

/// Told to a stream's channel, this closes it in the orderly way.
struct OrderlyClose: Sendable {}

/// The client's end of an open stream: greets, answers, pings, and knows why it ended.
///
/// Texts that are written become frames. All its state lives on the channel's event loop.
final class SignalKStreamHandler: ChannelDuplexHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundIn = String
  typealias OutboundOut = WebSocketFrame

  private let server: String
  private let timing: SignalKTiming
  private let opened: EventLoopPromise<SignalKConnection>
  private var ended: EventLoopPromise<SignalKError?>?
  private var keepAlive: KeepAlive
  private var tick: Scheduled<Void>?
  private var isClosing = false
  private var reason: SignalKError?
  private var remark: String?

  /// Creates the handler of one connection.
  ///
  /// - Parameters:
  ///   - server: How messages name the server.
  ///   - timing: When to ping and when to give up.
  ///   - opened: Fulfilled with the server's greeting, or broken if there was none.
  init(server: String, timing: SignalKTiming, opened: EventLoopPromise<SignalKConnection>) {
    self.server = server
    self.timing = timing
    self.opened = opened
    self.keepAlive = KeepAlive(
      pingInterval: timing.pinging.nanoseconds, silenceLimit: timing.silence.nanoseconds,
      now: Self.now)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    ended = context.eventLoop.makePromise()
    scheduleTick(context)
  }

  func handlerRemoved(context: ChannelHandlerContext) { finish() }

  func channelInactive(context: ChannelHandlerContext) { finish() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    keepAlive.heard(at: Self.now)
    let frame = Self.unwrapInboundIn(data)
    switch frame.opcode {
    case .text, .binary: handle(Data(frame.unmaskedData.readableBytesView), context)
    case .ping: send(.pong, frame.unmaskedData, context)
    case .connectionClose: closeArrived(frame.unmaskedData, context)
    default: break
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if reason == nil { reason = .connectionLost(server: server, reason: error.shortReason) }
    if error is NIOWebSocketFrameAggregator.Error { sendClose(.messageTooLarge, context) }
    context.close(promise: nil)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let buffer = context.channel.allocator.buffer(string: Self.unwrapOutboundIn(data))
    context.write(Self.wrapOutboundOut(frame(.text, buffer)), promise: promise)
  }

  func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    guard event is OrderlyClose else {
      context.triggerUserOutboundEvent(event, promise: promise)
      return
    }
    if !isClosing {
      isClosing = true
      sendClose(.goingAway, context)
      context.eventLoop.assumeIsolated().scheduleTask(in: .init(timing.closing)) {
        context.close(promise: nil)
      }
    }
    promise?.succeed()
  }
}

extension SignalKStreamHandler {
  private static var now: Int64 { Int64(NIODeadline.now().uptimeNanoseconds) }

  private func handle(_ message: Data, _ context: ChannelHandlerContext) {
    switch ServerMessage(parsing: message) {
    case .hello(let hello):
      guard let ended else { return }
      opened.succeed(
        SignalKConnection(
          server: server, hello: hello, channel: context.channel, ended: ended.futureResult))
    case .putRequest(let id):
      guard let answer = PutRefusal(requestId: id).json else { return }
      send(.text, context.channel.allocator.buffer(string: answer), context)
    case .remark(let text): remark = text
    case .irrelevant: break
    }
  }

  /// RFC 6455, section 5.5.1: a close frame is answered with one, and then the server hangs up.
  private func closeArrived(_ data: ByteBuffer, _ context: ChannelHandlerContext) {
    if !isClosing {
      var data = data
      let code = data.readWebSocketErrorCode()
      let words = String(decoding: data.readableBytesView, as: UTF8.self).quotable
      reason = .closedByServer(server: server, reason: remark ?? Self.text(code, words))
      sendClose(code ?? .normalClosure, context)
    }
    context.close(promise: nil)
  }

  private static func text(_ code: WebSocketErrorCode?, _ words: String) -> String {
    guard let code else { return "without a reason" }
    let number = "code \(UInt16(webSocketErrorCode: code))"
    return words.isEmpty ? number : "\(words) (\(number))"
  }

  private func scheduleTick(_ context: ChannelHandlerContext) {
    let interval = min(timing.pinging, timing.silence) / 3
    tick = context.eventLoop.assumeIsolated().scheduleTask(in: .init(interval)) { [weak self] in
      guard let self, ended != nil else { return }
      switch keepAlive.timePassed(to: Self.now) {
      case .ping: send(.ping, context.channel.allocator.buffer(capacity: 0), context)
      case .giveUp:
        reason = .silent(server: server, seconds: timing.silence.seconds)
        context.close(promise: nil)
      case nil: break
      }
      scheduleTick(context)
    }
  }

  private func send(
    _ opcode: WebSocketOpcode, _ data: ByteBuffer, _ context: ChannelHandlerContext
  ) {
    context.writeAndFlush(Self.wrapOutboundOut(frame(opcode, data)), promise: nil)
  }

  private func sendClose(_ code: WebSocketErrorCode, _ context: ChannelHandlerContext) {
    var data = context.channel.allocator.buffer(capacity: 2)
    data.write(webSocketErrorCode: code)
    send(.connectionClose, data, context)
  }

  /// RFC 6455, section 5.3: what a client sends is masked.
  private func frame(_ opcode: WebSocketOpcode, _ data: ByteBuffer) -> WebSocketFrame {
    WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
  }

  private func finish() {
    guard let ended else { return }
    self.ended = nil
    // It would keep the channel's memory until it is due.
    tick?.cancel()
    let hangUp = SignalKError.closedByServer(server: server, reason: remark ?? "it hung up")
    let result = isClosing ? nil : reason ?? hangUp
    ended.succeed(result)
    opened.fail(result ?? hangUp)
  }
}

extension TimeAmount {
  init(_ duration: Duration) { self = .nanoseconds(duration.nanoseconds) }
}
