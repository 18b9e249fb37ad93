import BusbarTestSupport
import Foundation
import Publishers
import Testing

@Suite("A connection to a Signal K server", .timeLimit(.minutes(3)))
struct SignalKConnectionTests {
  private static let voltage = "electrical.batteries.house.voltage"

  @Test("learns who the server is")
  func greets() async throws {
    try await withConnection { connection, server in
      #expect(connection.hello.name == "stand-in")
      #expect(connection.hello.version == "2.31.1")
      #expect(connection.hello.vessel == StandInState.vessel)
      #expect(connection.hello.startId == server.state.value.startId)
    }
  }

  @Test("gets on with a server that has no start id")
  func greetsOldServer() async throws {
    var settings = StandInSignalKSettings()
    settings.isOldServer = true
    try await withConnection(to: settings) { connection, _ in
      #expect(connection.hello.startId == nil)
    }
  }

  @Test("asks for nothing but what is meant for it, also behind a proxy", arguments: ["", "/sk"])
  func asks(prefix: String) async throws {
    var settings = StandInSignalKSettings()
    settings.prefix = prefix
    try await withConnection(to: settings) { _, server in
      #expect(
        server.state.value.upgradeRequests.map(\.uri) == [
          "\(prefix)/signalk/v1/stream?subscribe=none"
        ])
      #expect(server.state.value.upgradeRequests.map(\.authorization) == [nil])
    }
  }

  @Test("shows its token in a header, where no log finds it")
  func showsToken() async throws {
    var settings = StandInSignalKSettings()
    settings.security = StandInSecurity(
      isOn: true, devices: ["t0ken": .init(clientId: "a.b", permission: .readwrite)])
    try await withTokenFile("t0ken") { file in
      try await withConnection(to: settings, token: file) { connection, server in
        #expect(server.state.value.upgradeRequests.map(\.authorization) == ["Bearer t0ken"])
        #expect(server.state.value.upgradeRequests.allSatisfy { !$0.uri.contains("t0ken") })
        try await connection.send(delta(13.28))
        _ = try await server.state.first { $0.model.leaves[Self.voltage] }
      }
    }
  }

  @Test("brings deltas to the server, in order")
  func sends() async throws {
    try await withConnection { connection, server in
      for second in 0..<20 { try await connection.send(delta(13, second: second)) }
      try await connection.send(delta(13.5, second: 20))
      let leaf = try await server.state.first { state in
        state.model.leaves[Self.voltage].flatMap { $0.value == 13.5 ? $0 : nil }
      }
      #expect(leaf.source == "busbar.house")
      #expect(leaf.timestamp == "2021-04-08T17:00:30Z")
      #expect(server.state.value.receivedTexts.count == 21)
    }
  }

  @Test("answers pings with their own words")
  func pongs() async throws {
    try await withConnection { _, server in
      server.ping("are you there?")
      _ = try await server.state.first { $0.receivedPongs.contains("are you there?") ? true : nil }
    }
  }

  @Test("outlives a server's ping timer")
  func outlivesPings() async throws {
    var settings = StandInSignalKSettings()
    settings.pingInterval = .seconds(1)
    try await withConnection(to: settings) { _, server in
      _ = try await server.state.first { $0.receivedPongs.count >= 3 ? true : nil }
      #expect(server.state.value.openSockets == 1)
    }
  }

  @Test("pings the server")
  func pings() async throws {
    try await withConnection(timing: .brisk) { _, server in
      _ = try await server.state.first { $0.receivedPings >= 3 ? true : nil }
    }
  }

  @Test("refuses every PUT request at once")
  func refusesPut() async throws {
    try await withConnection { connection, server in
      try await connection.send(delta(13.28))
      _ = try await server.state.first { $0.model.leaves[Self.voltage] }
      let (answer, id) = server.put(Self.voltage, 14)
      #expect(answer.status == 202)
      let requestId = try #require(id)
      let reply = try await server.state.first { $0.reply(to: requestId) }
      #expect(
        reply == [
          "requestId": .text(requestId), "state": "COMPLETED", "statusCode": 405,
          "message": "read only",
        ])
    }
  }

  @Test("reads a request that comes in pieces, with a ping between them")
  func joinsPieces() async throws {
    try await withConnection { _, server in
      server.sendInPieces([#"{"requestId":"#, #""four","put":"#, #"[{"path":"a","value":1}]}"#])
      let answer = try await server.state.first { $0.receivedTexts.first }
      #expect(JSONValue(parsing: answer)?["requestId"] == "four")
      #expect(server.state.value.receivedPongs == ["between"])
    }
  }

  @Test("survives every odd frame", arguments: StandInOddFrame.allCases)
  func survives(oddity: StandInOddFrame) async throws {
    try await withConnection { connection, server in
      server.say(oddity)
      server.ping("after it")
      _ = try await server.state.first { $0.receivedPongs.contains("after it") ? true : nil }
      try await connection.send(delta(13.28))
      _ = try await server.state.first { $0.model.leaves[Self.voltage] }
      #expect(server.state.value.openedSockets == 1)
    }
  }

  @Test("waits for a server that does not read, and queues nothing")
  func hasBackpressure() async throws {
    var timing = SignalKTiming()
    timing.silence = .seconds(1)
    try await withConnection(timing: timing) { connection, server in
      try await server.fallSilent()
      let text = String(repeating: " ", count: 1 << 16)
      var taken = 0
      await #expect(throws: SignalKError.self) {
        for _ in 0..<3200 {
          try await connection.send(text)
          taken += 1
        }
      }
      // What the operating system takes over lies in its own buffers, a few MiB.
      #expect(taken < 1600)
    }
  }
}
