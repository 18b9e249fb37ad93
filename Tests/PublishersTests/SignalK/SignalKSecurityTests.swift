import BatteryModel
import BusbarTestSupport
import Foundation
import Publishers
import Testing

@Suite("The Signal K service and a server's security", .timeLimit(.minutes(3)))
struct SignalKSecurityTests {
  private static func settings(
    _ permission: StandInSecurity.Permission, isReadOnlyAccessAllowed: Bool = false
  ) -> StandInSignalKSettings {
    var settings = StandInSignalKSettings()
    settings.security = StandInSecurity(
      isOn: true, isReadOnlyAccessAllowed: isReadOnlyAccessAllowed,
      devices: ["t0ken": .init(clientId: "busbar", permission: permission)])
    return settings
  }

  @Test("publishes with a token that may write", arguments: ["readwrite", "admin"])
  func mayWrite(level: String) async throws {
    let permission = try #require(StandInSecurity.Permission(rawValue: level))
    try await withTokenFile("t0ken") { file in
      try await withService(to: Self.settings(permission), token: file) { bench in
        try await bench.publish(13)
        #expect(bench.log.value.count == 1)
      }
    }
  }

  @Test("notices a token that may only read, and says it once")
  func isReadOnly() async throws {
    try await withTokenFile("t0ken") { file in
      try await withService(to: Self.settings(.readonly), token: file) { bench in
        bench.battery.say(.voltage, .number(13))
        _ = try await bench.server.state.first { $0.model.refusedDeltas > 0 ? true : nil }
        bench.server.hangUp()
        _ = try await bench.server.state.first { $0.openedSockets == 2 ? true : nil }
        bench.battery.say(.voltage, .number(13.5))
        let refused = bench.server.state.value.model.refusedDeltas
        _ = try await bench.server.state.first { $0.model.refusedDeltas > refused ? true : nil }
        #expect(
          bench.log.value.filter { $0.contains("drops everything") } == [
            """
            warning: The server drops everything we send: the token in \(file.path) may only \
            read; give the device 'Read/Write' at \(bench.server.webURL)/admin/#/security/devices \
            server=\(bench.url)
            """
          ])
      }
    }
  }

  @Test("notices that it is nobody", arguments: [true, false])
  func isNobody(isReadOnlyAccessAllowed: Bool) async throws {
    let settings = Self.settings(
      .readwrite, isReadOnlyAccessAllowed: isReadOnlyAccessAllowed)
    try await withService(to: settings) { bench in
      let line = try await bench.waitForLine("drops everything")
      #expect(
        line == """
          warning: The server drops everything we send: its security is on and we have no token; \
          name a file that holds one server=\(bench.url)
          """)
    }
  }

  @Test("reads a value back from a server that does not say who we are")
  func isOldServer() async throws {
    var settings = Self.settings(.readonly)
    settings.isOldServer = true
    var timing = SignalKTiming()
    timing.readingBack = .milliseconds(200)
    try await withTokenFile("t0ken") { file in
      try await withService(to: settings, timing: timing, token: file) { bench in
        bench.battery.say(.voltage, .number(13))
        let line = try await bench.waitForLine("does not keep")
        #expect(
          line == """
            warning: The server does not keep what we send; look whether the device may write at \
            \(bench.server.webURL)/admin/#/security/devices server=\(bench.url)
            """)
      }
    }
  }

  @Test("finds that an old server keeps what it is sent, and says nothing")
  func isGoodOldServer() async throws {
    var settings = Self.settings(.readwrite)
    settings.isOldServer = true
    var timing = SignalKTiming()
    timing.readingBack = .milliseconds(100)
    try await withTokenFile("t0ken") { file in
      try await withService(to: settings, timing: timing, token: file) { bench in
        try await bench.publish(13)
        try await Task.sleep(for: .milliseconds(600))
        #expect(bench.log.value.count == 1)
      }
    }
  }

  @Test("publishes also where the REST API is closed")
  func needsNoREST() async throws {
    var settings = StandInSignalKSettings()
    settings.answers["/skServer/loginStatus"] = .text(404, "?")
    settings.answers["/signalk/v1/api/vessels/self/electrical/batteries/house"] = .text(429, "?")
    try await withService(to: settings) { bench in
      try await bench.publish(13)
      #expect(bench.log.value.count == 1)
    }
  }

  @Test("reads a token anew that was replaced, and says meanwhile which file is wrong")
  func rereadsToken() async throws {
    try await withTokenFile("old") { file in
      try await withService(to: Self.settings(.readwrite), token: file) { bench in
        let line = try await bench.waitForLine("Not connected")
        #expect(line.contains("the server refuses the token in \(file.path) (401: jwt malformed)"))
        #expect(!line.contains("old"))
        try Data("t0ken".utf8).write(to: URL(fileURLWithPath: file.path))
        try await bench.publish(13)
      }
    }
  }

  @Test("is thrown out when its token is taken back")
  func isRevoked() async throws {
    try await withTokenFile("t0ken") { file in
      try await withService(to: Self.settings(.readwrite), token: file) { bench in
        try await bench.publish(13)
        bench.server.revoke("t0ken")
        let line = try await bench.waitForLine("Not connected")
        #expect(line.contains("Connection disconnected by security constraint"))
      }
    }
  }
}
