import BatteryModel
import BusbarTestSupport
import Foundation
import Publishers
import Testing

@Suite("The Signal K service", .timeLimit(.minutes(3)))
struct SignalKServiceTests {
  private static let voltage = "electrical.batteries.house.voltage"

  @Test("publishes a battery, and says where")
  func publishes() async throws {
    try await withService { bench in
      try await bench.publish(13.28)
      bench.battery.say(.alarmHighVoltage, .alarm(.active))
      let notification = try await bench.server.state.first { state in
        state.model.leaves["notifications.electrical.batteries.house.highVoltage"]?.value
      }
      #expect(notification["state"] == "alarm")
      #expect(bench.server.state.value.model.meta[Self.voltage]?["units"] == "V")
      #expect(
        bench.log.value == [
          """
          notice: Connected to Signal K name=stand-in self=\(StandInState.vessel) \
          server=\(bench.url) version=2.31.1
          """
        ])
    }
  }

  @Test("comes back after a restart, and says everything again, meta first")
  func survivesRestart() async throws {
    try await withService { bench in
      try await bench.publish(13.28)
      let before = bench.server.state.value
      try await bench.server.restart(away: .milliseconds(300))
      bench.battery.say(.stateOfCharge, .number(80))
      try await bench.publish(13.3)
      let after = bench.server.state.value
      #expect(after.startId != before.startId)
      #expect(after.model.meta[Self.voltage] == before.model.meta[Self.voltage])
      let kinds = after.deltas.dropFirst(before.deltas.count).map { delta in
        delta["updates"]?.list?.first?["meta"] == nil ? "values" : "meta"
      }
      #expect(kinds.first == "meta")
    }
  }

  @Test("has the newest state for a server that was away, and drops the rest")
  func sendsNewest() async throws {
    try await withService { bench in
      try await bench.publish(13)
      let before = bench.server.state.value.receivedTexts.count
      await bench.server.stop()
      _ = try await bench.waitForLine("Not connected")
      for step in 1...500 { bench.battery.say(.voltage, .number(13 + Double(step) / 1000)) }
      try await bench.server.startAgain()
      _ = try await bench.server.state.first { state in
        state.model.leaves[Self.voltage]?.value == 13.5 ? true : nil
      }
      #expect(bench.server.state.value.receivedTexts.count - before <= 4)
    }
  }

  @Test("tells of an outage once, not for each attempt")
  func tellsOnce() async throws {
    try await withService { bench in
      try await bench.publish(13)
      bench.server.state.change { $0.settings.answers["/signalk/v1/stream"] = .text(503, "") }
      bench.server.hangUp()
      _ = try await bench.server.state.first { $0.upgradeRequests.count >= 6 ? true : nil }
      bench.server.state.change { $0.settings.answers = [:] }
      _ = try await bench.server.state.first { $0.openSockets == 1 ? true : nil }
      try await bench.publish(13.5)
      let lines = bench.log.value
      try #require(lines.count == 3)
      #expect(
        lines[1].hasPrefix("warning: Not connected to Signal K missed_updates=0 next_try_seconds="))
      #expect(
        lines[1].hasSuffix(
          "reason=\(bench.url): the server closed the connection: it hung up"))
      #expect(lines[2].hasPrefix("notice: Connected"))
    }
  }

  @Test("notices a server whose plug was pulled")
  func noticesSilence() async throws {
    var timing = SignalKTiming()
    timing.pinging = .milliseconds(100)
    timing.silence = .milliseconds(800)
    try await withService(timing: timing) { bench in
      try await bench.publish(13)
      try await bench.server.fallSilent()
      #expect(try await bench.waitForLine("Not connected").contains("no sign of life for 0.8 s"))
      try await bench.publish(13.5)
    }
  }

  @Test("survives a reset")
  func survivesReset() async throws {
    try await withService { bench in
      for round in 0..<5 {
        try await bench.publish(13 + Double(round))
        try await bench.server.resetConnections()
      }
      try await bench.publish(20)
      #expect(bench.server.state.value.openedSockets == 6)
    }
  }

  @Test("leaves alone what the user has edited in the server")
  func keepsEdits() async throws {
    var settings = StandInSignalKSettings()
    settings.storedMeta = [
      Self.voltage: ["displayName": "Bank 1", "zones": [["upper": 11.5, "state": "alarm"]]],
      "electrical.batteries.house.capacity.stateOfCharge": ["timeout": 5],
    ]
    try await withService(to: settings) { bench in
      bench.battery.say(.stateOfCharge, .number(80))
      for volts in [13, 13.5] {
        try await bench.publish(volts)
        let meta = bench.server.state.value.model.meta
        #expect(meta[Self.voltage]?["displayName"] == "Bank 1")
        #expect(meta[Self.voltage]?["zones"] != nil)
        #expect(meta[Self.voltage]?["units"] == "V")
        #expect(meta["electrical.batteries.house.capacity.stateOfCharge"]?["timeout"] == 5)
        try await bench.server.restart()
      }
    }
  }

  @Test("clears on a server that did not restart what went absent meanwhile")
  func clears() async throws {
    try await withService { bench in
      try await bench.publish(13)
      bench.server.hangUp()
      _ = try await bench.waitForLine("Not connected")
      for _ in 0..<10 { bench.battery.say(.cycles, .number(1)) }
      _ = try await bench.server.state.first { state in
        state.model.leaves[Self.voltage]?.value == .null ? true : nil
      }
    }
  }

  @Test("refuses PUT requests for what it publishes")
  func refusesPut() async throws {
    try await withService { bench in
      try await bench.publish(13)
      let requestId = try #require(bench.server.put(Self.voltage, 14).requestId)
      let reply = try await bench.server.state.first { $0.reply(to: requestId) }
      #expect(reply["statusCode"] == 405)
    }
  }

  @Test("ends in order at a graceful shutdown, and at once")
  func shutsDown() async throws {
    try await withService { bench in
      try await bench.publish(13)
      let start = ContinuousClock.now
      await bench.shutDown()
      let codes = try await bench.server.state.first { $0.openSockets == 0 ? $0.closeCodes : nil }
      #expect(codes == [1001])
      #expect(.now - start < .seconds(60))
      #expect(bench.log.value.count == 1)
    }
  }

  @Test("ends at a graceful shutdown while the server does not answer")
  func shutsDownWhileAway() async throws {
    var settings = StandInSignalKSettings()
    settings.upgradeDelay = .seconds(600)
    let start = ContinuousClock.now
    var timing = SignalKTiming()
    timing.connecting = .seconds(600)
    try await withService(to: settings, timing: timing) { bench in
      _ = try await bench.server.state.first { $0.upgradeRequests.first?.uri }
    }
    #expect(.now - start < .seconds(120))
  }

  @Test("ends when the battery's updates end, and has sent the last")
  func endsWithUpdates() async throws {
    try await withService { bench in
      try await bench.publish(13)
      bench.battery.say(.cycles, .number(211))
      bench.battery.finish()
      let codes = try await bench.server.state.first { $0.openSockets == 0 ? $0.closeCodes : nil }
      #expect(codes == [1001])
      let leaves = bench.server.state.value.model.leaves
      #expect(leaves["electrical.batteries.house.cycles"]?.value == 211)
    }
  }
}
