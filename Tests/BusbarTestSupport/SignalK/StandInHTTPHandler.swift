import NIOCore
import NIOHTTP1
import NIOWebSocket

/// The REST side of a ``StandInSignalKServer``: collects a request, answers it.
final class StandInHTTPHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let server: StandInSignalKServer
  private var head: HTTPRequestHead?
  private var body = ByteBuffer()

  init(server: StandInSignalKServer) { self.server = server }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch Self.unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body.clear()
    case .body(var part): body.writeBuffer(&part)
    case .end:
      guard let head else { return }
      let request = StandInRequest(head, body: String(buffer: body))
      write(server.respond(to: request), context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // An upgrade that is refused comes here first, and then as a plain request.
    if !(error is NIOWebSocketUpgradeError) { context.close(promise: nil) }
  }

  private func write(_ answer: StandInAnswer, _ context: ChannelHandlerContext) {
    let headers: HTTPHeaders = [
      "Content-Type": answer.type, "Content-Length": "\(answer.body.utf8.count)",
      "Connection": "close",
    ]
    let head = HTTPResponseHead(
      version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
    context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
    let body = context.channel.allocator.buffer(string: answer.body)
    context.write(Self.wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    context.writeAndFlush(Self.wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
      context.close(promise: nil)
    }
  }
}

extension StandInRequest {
  init(_ head: HTTPRequestHead, body: String) {
    let accept = head.headers["Accept"].joined(separator: ",")
    self.init(
      method: head.method.rawValue,
      path: head.uri.split(separator: "?").first.map(String.init) ?? "/",
      token: head.token, host: head.headers.first(name: "Host") ?? "localhost",
      wantsJSON: accept.contains("json") && !accept.contains("html"), body: body)
  }
}

extension HTTPRequestHead {
  /// A parameter of the query, not decoded.
  func parameter(_ name: String) -> String? {
    let query = uri.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
    return query.split(separator: "&").first { $0.hasPrefix("\(name)=") }
      .map { String($0.dropFirst(name.count + 1)) }
  }

  /// The token, where the server looks for one: query, header, cookie.
  var token: String? {
    if let token = parameter("token") { return token }
    let header = headers.first(name: "Authorization") ?? headers.first(name: "X-Authorization")
    for scheme in ["Bearer ", "JWT "] where header?.hasPrefix(scheme) == true {
      return header.map { String($0.dropFirst(scheme.count)) }
    }
    let cookies = headers["Cookie"].flatMap { $0.split(separator: ";") }
    return cookies.map { $0.trimmingPrefix(" ") }.first { $0.hasPrefix("JAUTHENTICATION=") }
      .map { String($0.dropFirst("JAUTHENTICATION=".count)) }
  }
}
