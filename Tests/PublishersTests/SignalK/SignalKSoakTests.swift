import BatteryModel
import BusbarTestSupport
import Foundation
import Logging
import Publishers
import Testing

/// Runs for long and looks at memory and descriptors: a part of it always, all of it when asked.
///
///     BUSBAR_SOAK=full swift test --filter SignalKSoakTests
///
/// All of it is 10,000 reconnections and 24 hours of a battery. The figures are only those of the
/// publisher if no other test runs in the same process, so that they are judged then alone.
@Suite("A long life", .serialized, .timeLimit(.minutes(60)))
struct SignalKSoakTests {
  private static let isFull = ProcessInfo.processInfo.environment["BUSBAR_SOAK"] == "full"
  private static let mostGrowth = 2 << 20

  private func withSoak(
    _ body: (StandInProcess, LiveBattery, SignalKStatusBoard) async throws -> Void
  ) async throws {
    let server = try StandInProcess()
    defer { server.stop() }
    let battery = LiveBattery()
    var configuration = SignalKConfiguration(
      server: .at(try SignalKEndpoint(parsing: server.url)))
    configuration.backoff = Backoff(
      first: .milliseconds(1), longest: .milliseconds(1), lasting: .zero)
    let service = SignalKService(
      configuration: configuration,
      feeds: [SignalKFeed(try SignalKBattery(id: "house", nominalVoltage: 12.8), battery.updates)],
      logger: Logger(label: "soak") { _ in SwiftLogNoOpLogHandler() })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await service.run() }
      try await body(server, battery, service.board)
      battery.finish()
      try await group.waitForAll()
    }
  }

  /// Waits until something is true, without a task for each look.
  private func wait(until isTrue: () -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(30)
    var looks = 0
    while !isTrue() {
      looks += 1
      if looks % 64 == 0 {
        try await Task.sleep(for: .milliseconds(1))
        try #require(.now < end)
      } else {
        await Task.yield()
      }
    }
  }

  /// The figures when what the last round has begun has ended.
  private func settled() async throws -> ProcessFigures {
    try await Task.sleep(for: .seconds(1))
    return .now
  }

  private func judge(_ what: String, _ warm: ProcessFigures, _ end: ProcessFigures) {
    let growth = (end.residentBytes - warm.residentBytes) / 1024
    print("\(what): after warming up \(warm), at the end \(end), \(growth) KiB more")
    guard Self.isFull else { return }
    #expect(end.residentBytes - warm.residentBytes < Self.mostGrowth)
    #expect(end.descriptors <= warm.descriptors)
  }

  @Test("of reconnections leaves neither memory nor a descriptor behind")
  func reconnects() async throws {
    let rounds = Self.isFull ? 10_000 : 500
    try await withSoak { server, battery, board in
      var warm = ProcessFigures.now
      for round in 1...rounds {
        battery.sayEverything(alarms: round % 2 == 0 ? .active : .inactive)
        try await wait { board.status.connections == round }
        if round == rounds / 5 { warm = try await settled() }
        switch round % 4 {
        case 0: server.obey("reset")
        case 1: server.obey("close")
        default: server.obey("hangup")
        }
      }
      try await wait { board.status.connections > rounds }
      judge("\(rounds) reconnections", warm, try await settled())
    }
  }

  @Test("of a battery leaves neither memory nor a descriptor behind")
  func publishesForADay() async throws {
    let hours = Self.isFull ? 24 : 1
    try await withSoak { server, battery, board in
      var warm = ProcessFigures.now
      for minute in 1...hours * 60 {
        for second in 0..<60 {
          // The mailbox holds one update only: each is let through before the next.
          let sent = board.status.deltas
          battery.sayEverything(
            alarms: second < 30 ? .inactive : .active, voltage: 13 + Double(second % 10) / 100)
          try await wait { board.status.deltas > sent }
        }
        if minute == hours * 12 { warm = try await settled() }
      }
      judge("\(hours) hours, \(board.status.deltas) deltas", warm, try await settled())
      #expect(board.status.deltas >= hours * 3600)
      #expect(board.status.connections == 1)
    }
  }
}
