import BatteryModel
import BusbarTestSupport
import Foundation
import Publishers
import Testing

@Suite("Asking a server for access", .timeLimit(.minutes(3)))
struct AccessRequestTests {
  private static let requestPath = "/signalk/v1/access/requests"

  private static var timing: SignalKTiming {
    var timing = SignalKTiming()
    timing.polling = .milliseconds(50)
    timing.rechecking = .milliseconds(200)
    return timing
  }

  private static func secured(_ change: (inout StandInSignalKSettings) -> Void = { _ in })
    -> StandInSignalKSettings
  {
    var settings = StandInSignalKSettings()
    settings.security.isOn = true
    change(&settings)
    return settings
  }

  private func withAccess(
    to server: StandInSignalKServer, state: SignalKStateFile,
    _ body: @Sendable (ServiceBench) async throws -> Void
  ) async throws {
    try await withService(
      on: server, access: .request(state, description: "Busbar on pi (battery data)"),
      timing: Self.timing, body)
  }

  @Test("asks, says where to click, waits, and publishes with what it is given")
  func asks() async throws {
    let folder = try TemporaryFolder()
    let state = SignalKStateFile(folder: folder.url.appending(path: "state").path())
    let server = try await StandInSignalKServer.start(Self.secured())
    try await withAccess(to: server, state: state) { bench in
      let line = try await bench.waitForLine("Asked")
      #expect(
        line == """
          warning: Asked the Signal K server for access; approve the request with Read/Write at \
          \(server.webURL)/admin/#/security/access/requests server=\(server.url)
          """)
      let request = try await server.state.first { $0.accessRequests.first }
      #expect(request.description == "Busbar on pi (battery data)")
      #expect(request.permissions == "readwrite")
      #expect(UUID(uuidString: request.clientId) != nil)
      #expect(bench.board.status.phase == .waiting(.approval))
      try await Task.sleep(for: .milliseconds(300))
      server.state.change { _ = $0.decide(.readwrite) }
      try await bench.publish(13)
      #expect(bench.board.status.phase == .connected(warning: nil))
      #expect(server.state.value.accessRequests.count == 1)
      #expect(bench.log.value.count == 2)
      let mode = try FileManager.default.attributesOfItem(atPath: state.path)[.posixPermissions]
      #expect(mode as? Int == 0o600)
    }
    // Another run needs to ask nobody.
    let calls = server.state.value.accessCalls
    try await withAccess(to: server, state: state) { bench in
      try await bench.publish(14)
      #expect(bench.log.value.count == 1)
    }
    #expect(server.state.value.accessCalls == calls)
    await server.stop()
  }

  @Test("goes on waiting where an earlier run began")
  func goesOn() async throws {
    let folder = try TemporaryFolder()
    let state = SignalKStateFile(folder: folder.url.path())
    let server = try await StandInSignalKServer.start(Self.secured())
    for _ in 0..<2 {
      try await withAccess(to: server, state: state) { bench in
        _ = try await bench.waitForLine("Asked")
      }
    }
    #expect(server.state.value.accessCalls == 1)
    server.state.change { _ = $0.decide(.readwrite) }
    try await withAccess(to: server, state: state) { bench in try await bench.publish(13) }
    await server.stop()
  }

  @Test("asks again when the server has forgotten the request, as the same device")
  func asksAgain() async throws {
    let folder = try TemporaryFolder()
    let state = SignalKStateFile(folder: folder.url.path())
    let server = try await StandInSignalKServer.start(Self.secured())
    try await withAccess(to: server, state: state) { bench in
      let first = try await server.state.first { $0.accessRequests.first }
      server.state.change { $0.pruneAccessRequests() }
      let second = try await server.state.first { $0.accessRequests.first }
      #expect(second.clientId == first.clientId)
      #expect(second.id != first.id)
      try await server.restart(away: .milliseconds(200))
      let third = try await server.state.first { $0.accessRequests.first }
      #expect(third.clientId == first.clientId)
      server.state.change { _ = $0.decide(.readwrite) }
      try await bench.publish(13)
    }
    await server.stop()
  }

  @Test("says that it was let in to read only, and where that can be changed")
  func isReadOnly() async throws {
    let folder = try TemporaryFolder()
    let state = SignalKStateFile(folder: folder.url.path())
    let server = try await StandInSignalKServer.start(Self.secured())
    try await withAccess(to: server, state: state) { bench in
      _ = try await server.state.first { $0.accessRequests.first }
      bench.battery.say(.voltage, .number(13))
      let token = server.state.change { $0.decide(.readonly) ?? "" }
      let line = try await bench.waitForLine("drops everything")
      #expect(
        line == """
          warning: The server drops everything we send: we asked for Read/Write, and were let in \
          to read only; give the device 'Read/Write' at \(server.webURL)/admin/#/security/devices \
          server=\(server.url)
          """)
      _ = try await server.state.first { $0.model.refusedDeltas > 0 ? true : nil }
      server.state.change { state in
        let device = state.settings.security.devices[token]
        state.settings.security.devices[token] = .init(
          clientId: device?.clientId ?? "", permission: .readwrite)
      }
      // What was dropped is said again, meta and all.
      _ = try await bench.waitForLine("keeps what we send now")
      try await bench.publish(13.5)
      let path = "electrical.batteries.house.voltage"
      #expect(server.state.value.model.meta[path]?["units"] == "V")
      #expect(bench.log.value.filter { $0.contains("drops everything") }.count == 1)
    }
    await server.stop()
  }

  @Test("takes a no for a no")
  func isDenied() async throws {
    let folder = try TemporaryFolder()
    let state = SignalKStateFile(folder: folder.url.path())
    let server = try await StandInSignalKServer.start(Self.secured())
    try await withAccess(to: server, state: state) { bench in
      _ = try await server.state.first { $0.accessRequests.first }
      server.state.change { _ = $0.decide(nil) }
      let line = try await bench.waitForLine("denied")
      #expect(line.contains("Start Busbar again to ask once more"))
      #expect(bench.board.status.phase == .waiting(.denied))
      try await Task.sleep(for: .milliseconds(700))
      #expect(server.state.value.accessCalls == 1)
    }
    await server.stop()
  }

  @Test(
    "says what the server's administrator has to do",
    arguments: [
      (403, "", "takes no requests for access; switch on 'Allow New Device Registration' at"),
      (
        400, #"{"message":"A device with clientId 'x' has already requested access"}"#,
        "An earlier request for access still waits"
      ),
      (503, "Too many pending access requests", "has no time for our request for access: 503"),
      (429, #"{"message":"Too many requests"}"#, "has no time for our request for access: 429"),
      (413, "Payload too large", "not a Signal K server: it answers 413"),
      (200, "<html>Welcome</html>", "not a Signal K server: it answers 200"),
      (202, "[]", "not a Signal K server: it answers 202"),
      (
        202,
        #"{"state":"COMPLETED","accessRequest":{"permission":"APPROVED","token":"a\nHost: b"}}"#,
        "it approves our request and gives no usable token"
      ),
    ])
  func tells(status: Int, body: String, words: String) async throws {
    let folder = try TemporaryFolder()
    let state = SignalKStateFile(folder: folder.url.path())
    let server = try await StandInSignalKServer.start(
      Self.secured { $0.answers[Self.requestPath] = .text(status, body) })
    try await withAccess(to: server, state: state) { bench in
      _ = try await bench.waitForLine(words)
      server.state.change { $0.settings.answers = [:] }
      _ = try await server.state.first { $0.accessRequests.first }
      server.state.change { _ = $0.decide(.readwrite) }
      try await bench.publish(13)
    }
    await server.stop()
  }

  @Test("needs no token where the server has no security", arguments: [404, 405, 501])
  func needsNone(status: Int) async throws {
    let folder = try TemporaryFolder()
    let state = SignalKStateFile(folder: folder.url.path())
    var settings = StandInSignalKSettings()
    if status != 404 { settings.answers[Self.requestPath] = .text(status, "?") }
    let server = try await StandInSignalKServer.start(settings)
    try await withAccess(to: server, state: state) { bench in
      try await bench.publish(13)
      #expect(bench.log.value.count == 1)
      #expect(server.state.value.upgradeRequests.map(\.authorization) == [nil])
    }
    await server.stop()
  }

  @Test("asks again when its token is taken back, as the same device")
  func isRevoked() async throws {
    let folder = try TemporaryFolder()
    let state = SignalKStateFile(folder: folder.url.path())
    let server = try await StandInSignalKServer.start(Self.secured())
    try await withAccess(to: server, state: state) { bench in
      let first = try await server.state.first { $0.accessRequests.first }
      let token = server.state.change { $0.decide(.readwrite) ?? "" }
      try await bench.publish(13)
      server.revoke(token)
      let second = try await server.state.first {
        $0.accessRequests.count == 2 ? $0.accessRequests.last : nil
      }
      #expect(second.clientId == first.clientId)
      server.state.change { _ = $0.decide(.readwrite) }
      try await bench.publish(14)
      #expect(!bench.log.value.contains { $0.contains(token) })
    }
    await server.stop()
  }

  @Test("keeps its token when the network fails")
  func keepsToken() async throws {
    let folder = try TemporaryFolder()
    let state = SignalKStateFile(folder: folder.url.path())
    let server = try await StandInSignalKServer.start(Self.secured())
    try await withAccess(to: server, state: state) { bench in
      _ = try await server.state.first { $0.accessRequests.first }
      server.state.change { _ = $0.decide(.readwrite) }
      try await bench.publish(13)
      await server.stop()
      _ = try await bench.waitForLine("Not connected")
      try await Task.sleep(for: .milliseconds(300))
      try await server.startAgain()
      try await bench.publish(14)
      #expect(server.state.value.accessCalls == 1)
    }
    await server.stop()
  }
}
