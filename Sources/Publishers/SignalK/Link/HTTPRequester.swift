import Foundation
import NIOCore
import NIOHTTP1

/// Asks a server one thing for each connection, and waits for the answer.
struct HTTPRequester: Sendable {
  let connector: HTTPConnector
  let timing: SignalKTiming

  private var server: String { connector.endpoint.description }

  /// The answer to a GET of a path.
  ///
  /// - Parameter path: Absolute, without the endpoint's prefix.
  /// - Returns: Whatever the server answers, of whatever status.
  /// - Throws: ``SignalKError`` if there is no answer.
  func get(_ path: String) async throws(SignalKError) -> HTTPAnswer { try await send(.GET, path) }

  /// The answer to a POST of JSON.
  func post(_ body: Data, to path: String) async throws(SignalKError) -> HTTPAnswer {
    try await send(.POST, path, body: body)
  }

  private func send(
    _ method: HTTPMethod, _ path: String, body: Data? = nil
  ) async throws(SignalKError) -> HTTPAnswer {
    let answered = connector.eventLoop.makePromise(of: HTTPAnswer.self)
    let seconds = timing.connecting.seconds
    let deadline = connector.eventLoop.scheduleTask(in: .init(timing.connecting)) { [server] in
      answered.fail(SignalKError.noAnswer(server: server, seconds: seconds))
    }
    defer { deadline.cancel() }
    connector.connect(
      for: connector.endpoint.prefix + path, abandoning: answered
    ) { channel, head in
      try channel.pipeline.syncOperations.addHTTPClientHandlers()
      try channel.pipeline.syncOperations.addHandler(
        HTTPAnswerCollector { answered.completeWith($0) })
      channel.write(HTTPClientRequestPart.head(complete(head, method, body)), promise: nil)
      if let body {
        channel.write(
          HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil)
      }
      channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    }
    .whenFailure { [server] error in
      answered.fail(
        error as? SignalKError
          ?? SignalKError.cannotConnect(server: server, reason: error.shortReason))
    }
    do {
      return try await withTaskCancellationHandler {
        try await answered.futureResult.get()
      } onCancel: {
        answered.fail(CancellationError())
      }
    } catch let error as SignalKError {
      throw error
    } catch {
      throw SignalKError(refusalBy: server, answer: .failure(error), tokenFile: nil)
    }
  }

  private func complete(
    _ head: HTTPRequestHead, _ method: HTTPMethod, _ body: Data?
  ) -> HTTPRequestHead {
    var head = head
    head.method = method
    head.headers.add(name: "Connection", value: "close")
    head.headers.add(name: "Accept", value: "application/json")
    if let body {
      head.headers.add(name: "Content-Type", value: "application/json")
      head.headers.add(name: "Content-Length", value: String(body.count))
    }
    return head
  }
}
