import NIOCore
import NIOHTTP1

/// Asks a server's REST API; an answer that does not come is none.
struct SignalKREST: Sendable {
  let connector: HTTPConnector
  let timing: SignalKTiming

  /// Whether the server stores what we send.
  func loginStatus() async -> LoginStatus {
    LoginStatus(parsing: await get("/skServer/loginStatus"))
  }

  /// The names of the members of meta that the server has for each path of a battery.
  func metaMembers(of battery: SignalKBattery) async -> [String: Set<String>] {
    let answer = await get("/signalk/v1/api/vessels/self/electrical/batteries/\(battery.id)")
    return ServerMetaTree.members(in: answer, root: "electrical.batteries.\(battery.id)")
  }

  /// The answer to a GET of a path; `nil` if there is none in time.
  private func get(_ path: String) async -> HTTPAnswer? {
    let answered = connector.eventLoop.makePromise(of: HTTPAnswer.self)
    let deadline = connector.eventLoop.scheduleTask(in: .init(timing.connecting)) {
      answered.fail(ChannelError.connectTimeout(.init(timing.connecting)))
    }
    defer { deadline.cancel() }
    connector.connect(
      for: connector.endpoint.prefix + path, abandoning: answered.futureResult
    ) { channel, head in
      var head = head
      head.headers.add(name: "Connection", value: "close")
      head.headers.add(name: "Accept", value: "application/json")
      try channel.pipeline.syncOperations.addHTTPClientHandlers()
      try channel.pipeline.syncOperations.addHandler(
        HTTPAnswerCollector { answered.completeWith($0) })
      channel.write(HTTPClientRequestPart.head(head), promise: nil)
      channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    }
    .whenFailure { answered.fail($0) }
    return try? await withTaskCancellationHandler {
      try await answered.futureResult.get()
    } onCancel: {
      answered.fail(CancellationError())
    }
  }
}
