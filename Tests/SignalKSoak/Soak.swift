import BatteryModel
import BusbarTestSupport
import Foundation
import Logging
import Publishers

/// One publisher, its server and its battery.
final class Soak: Sendable {
  private struct NeverTrue: Error {}

  private let server: StandInProcess
  private let updates: AsyncStream<BatteryUpdate>
  private let battery: AsyncStream<BatteryUpdate>.Continuation
  private let service: SignalKService<AsyncStream<BatteryUpdate>>

  init(_ server: StandInProcess) throws {
    self.server = server
    (updates, battery) = AsyncStream.makeStream()
    var configuration = SignalKConfiguration(
      server: .at(try SignalKEndpoint(parsing: server.url)))
    configuration.backoff = Backoff(
      first: .milliseconds(1), longest: .milliseconds(1), lasting: .zero)
    service = SignalKService(
      configuration: configuration,
      feeds: [SignalKFeed(try SignalKBattery(id: "house", nominalVoltage: 12.8), updates)],
      logger: Logger(label: "soak") { _ in SwiftLogNoOpLogHandler() })
  }

  /// The server ends the connection again and again, in every way that it can.
  func reconnect(times: Int) async throws -> SoakFigures {
    try await whilePublishing { [self] in
      var warm = ProcessFigures.now
      for round in 1...times {
        sayEverything(second: round, alarms: round % 2 == 0 ? .active : .inactive)
        try await wait { service.board.status.connections == round }
        if round == max(1, times / 5) { warm = try await settled() }
        switch round % 4 {
        case 0: server.obey("reset")
        case 1: server.obey("close")
        default: server.obey("hangup")
        }
      }
      try await wait { service.board.status.connections > times }
      return try await figures(since: warm)
    }
  }

  /// Everything changes once a second, for so many hours of the battery's time.
  func publish(hours: Int) async throws -> SoakFigures {
    try await whilePublishing { [self] in
      var warm = ProcessFigures.now
      for second in 1...hours * 3600 {
        // The mailbox holds one update only: each is let through before the next.
        let sent = service.board.status.deltas
        sayEverything(
          second: second, alarms: second % 60 < 30 ? .inactive : .active,
          voltage: 13 + Double(second % 10) / 100)
        try await wait { service.board.status.deltas > sent }
        if second == hours * 720 { warm = try await settled() }
      }
      return try await figures(since: warm)
    }
  }

  private func whilePublishing(
    _ body: @escaping @Sendable () async throws -> SoakFigures
  ) async throws -> SoakFigures {
    async let running: Void = service.run()
    let figures = try await body()
    battery.finish()
    await running
    server.stop()
    return figures
  }

  private func sayEverything(second: Int, alarms: AlarmState, voltage: Double = 13.28) {
    let heard = Int64(second) * 1_000_000_000
    let time = 1_617_901_200_000_000_000 + heard
    var snapshot = BatterySnapshot.everything(time: time, heard: heard, alarms: alarms)
    snapshot.record(.voltage, .number(voltage), time: time, heard: heard)
    battery.yield(BatteryUpdate(snapshot: snapshot, now: heard, time: time))
  }

  /// Waits until something is true, without a task for each look.
  private func wait(until isTrue: () -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(30)
    var looks = 0
    while !isTrue() {
      looks += 1
      if looks % 64 == 0 {
        try await Task.sleep(for: .milliseconds(1))
        guard .now < end else { throw NeverTrue() }
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

  private func figures(since warm: ProcessFigures) async throws -> SoakFigures {
    let status = service.board.status
    return SoakFigures(
      warm: warm, end: try await settled(), connections: status.connections,
      deltas: status.deltas)
  }
}
