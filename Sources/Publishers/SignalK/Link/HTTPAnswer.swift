package import Foundation
import NIOCore
import NIOHTTP1

/// A server's answer to one request.
package struct HTTPAnswer: Hashable, Sendable {
  /// As in `404`.
  package var status: Int
  /// The words that stand after the status, such as `Not Found`.
  package var reasonPhrase: String
  /// Where a redirection leads.
  package var location: String?
  /// The body, cut where it became too long.
  package var body: Data

  /// Why the server refused, in its own words where it has any.
  var reason: String {
    if let parsed = try? JSONSerialization.jsonObject(with: body) as? [String: Any],
      let text = (parsed["error"] ?? parsed["message"]) as? String
    {
      return text.quotable
    }
    return reasonPhrase.quotable
  }
}

/// Collects one HTTP answer and passes it on when it is complete.
final class HTTPAnswerCollector: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart

  private static let largestBody = 1 << 20

  private var answer: HTTPAnswer?
  private let deliver: (Result<HTTPAnswer, any Error>) -> Void

  /// - Parameter deliver: Called once or more often; the first call counts.
  init(deliver: @escaping (Result<HTTPAnswer, any Error>) -> Void) { self.deliver = deliver }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch Self.unwrapInboundIn(data) {
    case .head(let head):
      answer = HTTPAnswer(
        status: Int(head.status.code), reasonPhrase: head.status.reasonPhrase,
        location: head.headers.first(name: "Location"), body: Data())
    case .body(let part):
      let room = Self.largestBody - (answer?.body.count ?? 0)
      answer?.body.append(contentsOf: part.readableBytesView.prefix(room))
    case .end:
      finish(context)
    }
  }

  func channelInactive(context: ChannelHandlerContext) { finish(context) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    deliver(.failure(error))
    context.close(promise: nil)
  }

  private func finish(_ context: ChannelHandlerContext) {
    deliver(answer.map { .success($0) } ?? .failure(ChannelError.eof))
    context.close(promise: nil)
  }
}
