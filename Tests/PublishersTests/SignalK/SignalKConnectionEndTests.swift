import BusbarTestSupport
import Foundation
import Publishers
import Testing

@Suite("The end of a connection to a Signal K server", .timeLimit(.minutes(3)))
struct SignalKConnectionEndTests {
  /// A way in which a server ends a connection, and what is told of it after the address.
  struct Ending: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var message: String
    var happen: @Sendable (StandInSignalKServer) async throws -> Void
  }

  private static let endings: [Ending] = [
    Ending(
      testDescription: "a reset", message: "the connection broke: Connection reset by peer"
    ) { try await $0.resetConnections() },
    Ending(
      testDescription: "a hang-up", message: "the server closed the connection: it hung up"
    ) { $0.hangUp() },
    Ending(
      testDescription: "a close frame with words",
      message: "the server closed the connection: going home (code 1001)"
    ) { $0.closeSockets(code: 1001, reason: "going home") },
    Ending(
      testDescription: "a close frame with a code alone",
      message: "the server closed the connection: code 1008"
    ) { $0.closeSockets(code: 1008, reason: "") },
    Ending(
      testDescription: "a lost permission",
      message: "the server closed the connection: "
        + #"{message: "Connection disconnected by security constraint"}"#
    ) { server in
      server.say(.securityText)
      server.say(.primusClose)
      server.hangUp()
    },
    Ending(
      testDescription: "a full buffer",
      message: "the server closed the connection: "
        + "Server outgoing buffer overflow, terminating connection"
    ) { server in
      server.say(.errorMessage)
      server.hangUp()
    },
  ]

  @Test("says why it came", arguments: endings)
  func saysWhy(ending: Ending) async throws {
    try await withConnection { connection, server in
      try await ending.happen(server)
      let reason = await connection.reasonOfEnd()
      #expect(reason.map { "\($0)" } == "\(server.url): \(ending.message)")
      let error = await #expect(throws: SignalKError.self) { try await connection.send("{}") }
      #expect(error == reason)
    }
  }

  @Test("comes after a silence")
  func noticesSilence() async throws {
    var timing = SignalKTiming()
    timing.pinging = .milliseconds(100)
    timing.silence = .milliseconds(500)
    try await withConnection(timing: timing) { connection, server in
      try await server.fallSilent()
      let reason = await connection.reasonOfEnd()
      #expect(reason.map { "\($0)" } == "\(server.url): no sign of life for 0.5 s")
    }
  }

  @Test("comes when the server gets no answer to its ping")
  func isClosedByTimer() async throws {
    var settings = StandInSignalKSettings()
    settings.pingInterval = .seconds(1)
    let server = try await StandInSignalKServer.start(settings)
    let connection = try #require(
      try await SignalKConnection.open(
        to: SignalKEndpoint(parsing: server.url), tokenFile: nil))
    try await server.fallSilent()
    let reason = await connection.reasonOfEnd()
    #expect(
      reason.map { "\($0)" }
        == "\(server.url): the server closed the connection: without a reason")
    await server.stop()
  }

  @Test("is orderly when we want it, and then there is no reason")
  func closes() async throws {
    try await withConnection { connection, server in
      connection.startClosing()
      connection.startClosing()
      #expect(await connection.reasonOfEnd() == nil)
      let codes = try await server.state.first { $0.openSockets == 0 ? $0.closeCodes : nil }
      #expect(codes == [1001])
    }
  }

  @Test("does not wait long for a server that says nothing to it")
  func closesOneSided() async throws {
    try await withConnection { connection, server in
      try await server.fallSilent()
      let start = ContinuousClock.now
      connection.startClosing()
      #expect(await connection.reasonOfEnd() == nil)
      #expect(.now - start < .seconds(30))
    }
  }

  @Test("comes with a frame that is too large", arguments: [true, false])
  func boundsFrames(isWhole: Bool) async throws {
    try await withConnection { connection, server in
      let limit = 1 << 20
      server.sendText(bytes: limit)
      server.ping("still here")
      _ = try await server.state.first { $0.receivedPongs.contains("still here") ? true : nil }
      if isWhole {
        server.sendText(bytes: limit + 1)
      } else {
        server.sendInPieces(Array(repeating: String(repeating: " ", count: limit / 4), count: 5))
      }
      #expect(await connection.reasonOfEnd() != nil)
      let codes = try await server.state.first { $0.closeCodes.isEmpty ? nil : $0.closeCodes }
      #expect(codes == [1009])
    }
  }
}
