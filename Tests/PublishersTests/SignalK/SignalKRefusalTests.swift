import BusbarTestSupport
import Foundation
import Publishers
import Testing

@Suite("A server that refuses", .timeLimit(.minutes(3)))
struct SignalKRefusalTests {
  private func refusal(
    of url: String, token: TokenFile? = nil, timing: SignalKTiming = .init()
  ) async throws -> String {
    let endpoint = try SignalKEndpoint(parsing: url)
    let error = await #expect(throws: SignalKError.self) {
      _ = try await SignalKConnection.open(to: endpoint, tokenFile: token, timing: timing)
    }
    return error.map { "\($0)".replacing("\(url): ", with: "") } ?? "connected"
  }

  @Test(
    "an unknown token is told with the file's name",
    arguments: [("unknown", "jwt malformed"), ("old", "jwt expired")])
  func refusesToken(token: String, reason: String) async throws {
    var settings = StandInSignalKSettings()
    settings.security = StandInSecurity(isOn: true, refusedTokens: ["old": "jwt expired"])
    let server = try await StandInSignalKServer.start(settings)
    try await withTokenFile(token) { file in
      let refusal = try await refusal(of: server.url, token: file)
      #expect(
        refusal == """
          the server refuses the token in \(file.path) (401: \(reason)); \
          put a valid token into that file
          """)
    }
    await server.stop()
  }

  @Test(
    "is told by its answer",
    arguments: [
      (
        StandInAnswer.text(401, "Unauthorized"),
        "the server wants a token (401: Unauthorized); name a file that holds one"
      ),
      (
        .json(403, ["message": "not you\nnot\u{7}now"]),
        "the server wants a token (403: not you not now); name a file that holds one"
      ),
      (
        .text(404, "?"),
        "not a Signal K server: it has no stream (404); check host, port and path"
      ),
      (
        .text(426, "?"),
        "not a Signal K server: it wants another protocol (426); check host, port and path"
      ),
      (
        .text(429, "?"),
        "too many connections from this address (429); end other clients on this host"
      ),
      (.text(503, "?"), "cannot connect: the server answers 503 Service Unavailable"),
      (
        .text(200, "<html>"),
        "not a Signal K server: it answers 200 OK; check host, port and path"
      ),
    ])
  func tells(answer: StandInAnswer, message: String) async throws {
    var settings = StandInSignalKSettings()
    settings.answers["/signalk/v1/stream"] = answer
    let server = try await StandInSignalKServer.start(settings)
    #expect(try await refusal(of: server.url) == message)
    await server.stop()
  }

  @Test("has too many connections already")
  func countsSockets() async throws {
    var settings = StandInSignalKSettings()
    settings.mostSockets = 1
    try await withConnection(to: settings) { _, server in
      let refusal = try await refusal(of: server.url)
      #expect(
        refusal == "too many connections from this address (429); end other clients on this host")
    }
  }

  @Test("is not there")
  func isAway() async throws {
    let server = try await StandInSignalKServer.start()
    await server.stop()
    #expect(try await refusal(of: server.url) == "cannot connect: Connection refused")
  }

  @Test("has a name that nobody knows")
  func isUnknown() async throws {
    #expect(
      try await refusal(of: "ws://nowhere.invalid:3000")
        == "cannot connect: no address is known for the host 'nowhere.invalid'")
  }

  @Test(
    "is something else",
    arguments: [
      (
        "220 mail.example ESMTP\r\n" as String?,
        "not a Signal K server: its answer is not HTTP; check host, port and path"
      ),
      ("", "the connection broke: it ended before the server had answered"),
      (
        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Accept: wrong\r\n\r\n",
        "not a Signal K server: its answer opens no WebSocket; check host, port and path"
      ),
      (
        "HTTP/1.1 301 Moved\r\nLocation: https://pi/\r\nContent-Length: 0\r\n\r\n",
        "not a Signal K server: it answers 301 Moved Permanently, see https://pi/; "
          + "check host, port and path"
      ),
      (nil, "no answer within 0.3 s; is it a Signal K server?"),
    ])
  func isSomethingElse(words: String?, message: String) async throws {
    let server = try await StandInOtherServer(saying: words)
    var timing = SignalKTiming()
    timing.connecting = words == nil ? .milliseconds(300) : .seconds(20)
    #expect(try await refusal(of: server.url, timing: timing) == message)
    await server.stop()
  }

  @Test("takes its time")
  func isSlow() async throws {
    var settings = StandInSignalKSettings()
    settings.upgradeDelay = .seconds(30)
    let server = try await StandInSignalKServer.start(settings)
    var timing = SignalKTiming()
    timing.connecting = .milliseconds(200)
    let refusal = try await refusal(of: server.url, timing: timing)
    #expect(refusal == "no answer within 0.2 s; is it a Signal K server?")
    await server.stop()
  }

  @Test("keeps nobody waiting who does not want it any more")
  func isCancelled() async throws {
    let server = try await StandInOtherServer(saying: nil)
    let endpoint = try SignalKEndpoint(parsing: server.url)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask { try await SignalKConnection.open(to: endpoint, tokenFile: nil) == nil }
      group.cancelAll()
      // At the end of its patience it would throw.
      let isNil = try await group.next()
      #expect(isNil == true)
    }
    await server.stop()
  }

  @Test("is not asked without a usable token file")
  func needsToken() async throws {
    let refusal = try await refusal(of: "ws://127.0.0.1:9", token: TokenFile(path: "/nowhere"))
    #expect(
      refusal == "token file /nowhere: no such file; write the server's token into it")
  }
}
