import BatteryModel
import BusbarTestSupport
import Foundation
import Logging
import Publishers
import Testing

@Suite("A server with faults", .timeLimit(.minutes(3)))
struct SignalKFaultTests {
  private static let voltage = "electrical.batteries.house.voltage"

  @Test(
    "that has no time for one of our questions gets its values all the same",
    arguments: [
      "/skServer/loginStatus", "/signalk/v1/api/vessels/self/electrical/batteries/house",
      "/signalk",
    ], [429, 500, 503])
  func isBusy(path: String, status: Int) async throws {
    var settings = StandInSignalKSettings()
    settings.answers[path] = .json(status, ["message": "Too many requests"])
    try await withService(to: settings) { bench in
      try await bench.publish(13)
      #expect(bench.log.value.count == 1)
      #expect(bench.server.state.value.model.meta[Self.voltage]?["units"] == "V")
    }
  }

  @Test("that does not say what it knows keeps what its user may have edited")
  func keepsUnknownEdits() async throws {
    var settings = StandInSignalKSettings()
    settings.storedMeta = [Self.voltage: ["displayName": "Bank 1", "timeout": 5]]
    settings.answers["/signalk/v1/api/vessels/self/electrical/batteries/house"] = .text(503, "?")
    try await withService(to: settings) { bench in
      try await bench.publish(13)
      let meta = bench.server.state.value.model.meta[Self.voltage]
      #expect(meta?["displayName"] == "Bank 1")
      #expect(meta?["timeout"] == 5)
      #expect(meta?["units"] == "V")
    }
  }

  @Test("whose clock is an hour off gets our times", arguments: [3600.0, -3600])
  func hasWrongClock(offset: Double) async throws {
    var settings = StandInSignalKSettings()
    settings.clockOffset = offset
    try await withService(to: settings) { bench in
      try await bench.publish(13)
      let leaf = bench.server.state.value.model.leaves[Self.voltage]
      #expect(leaf?.timestamp == "2021-04-08T17:00:01.000Z")
    }
  }

  @Test("is not told afterwards what it missed: neither a value nor an alarm that came and went")
  func fillsNoGap() async throws {
    try await withService { bench in
      bench.battery.say(.alarmHighVoltage, .alarm(.inactive))
      try await bench.publish(13)
      await bench.server.stop()
      _ = try await bench.waitForLine("Not connected")
      let before = bench.server.state.value.receivedTexts.count
      bench.battery.say(.alarmHighVoltage, .alarm(.active))
      for step in 1...50 { bench.battery.say(.voltage, .number(14 + Double(step) / 100)) }
      bench.battery.say(.alarmHighVoltage, .alarm(.inactive))
      try await bench.server.startAgain()
      try await bench.publish(13.5)
      let gap = SentDeltas(Array(bench.server.state.value.receivedTexts[before...]))
      let alarms = gap.values.filter { $0.path == "notifications.highVoltage" }
      #expect(alarms.allSatisfy { $0.value["state"] == "normal" })
      let volts = gap.values.filter { $0.path == "voltage" }.map(\.value)
      #expect(volts == [14.5, 13.5] || volts == [13.5])
      #expect(bench.board.status.lastError != nil)
    }
  }

  @Test("gets all batteries on one connection, each under its own source")
  func getsSeveralBatteries() async throws {
    let server = try await StandInSignalKServer.start()
    let batteries = [LiveBattery(), LiveBattery()]
    let feeds = [
      SignalKFeed(try SignalKBattery(id: "house"), batteries[0].updates),
      SignalKFeed(try SignalKBattery(id: "bow"), batteries[1].updates),
    ]
    let service = SignalKService(
      configuration: SignalKConfiguration(server: .at(try SignalKEndpoint(parsing: server.url))),
      feeds: feeds, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await service.run() }
      batteries[0].say(.voltage, .number(13))
      batteries[1].say(.voltage, .number(26))
      _ = try await server.state.first { state in
        state.model.leaves[Self.voltage]?.source == "busbar.house"
          && state.model.leaves["electrical.batteries.bow.voltage"]?.source == "busbar.bow"
          ? true : nil
      }
      #expect(server.state.value.openedSockets == 1)
      for battery in batteries { battery.finish() }
      try await group.waitForAll()
    }
    try DeltaRecording.keep(server.state.value.receivedTexts)
    await server.stop()
  }
}
