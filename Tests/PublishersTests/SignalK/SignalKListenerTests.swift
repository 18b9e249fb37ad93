import BatteryModel
import BusbarTestSupport
import Foundation
import Logging
import NIOCore
import NIOPosix
import Publishers
import Testing

@Suite("Servers that connect to us", .timeLimit(.minutes(3)))
struct SignalKListenerTests {
  /// A listener on a free port, and what tests need of it.
  private struct Bench {
    let port: Int
    let battery: LiveBattery
    let board: SignalKStatusBoard
    let log: Watched<[String]>
  }

  private func withListener(
    timing: SignalKTiming = .init(), name: String? = nil,
    _ body: @Sendable (Bench) async throws -> Void
  ) async throws {
    let battery = LiveBattery()
    let handler = LogLines()
    let port = Watched(0)
    let listener = SignalKListener(
      address: try SignalKListenAddress(parsing: "127.0.0.1:0"),
      feeds: [
        SignalKFeed(
          try SignalKBattery(id: "house", name: name, nominalVoltage: 12.8), battery.updates)
      ], timing: timing, onListening: { found in port.change { $0 = found } },
      logger: Logger(label: "test") { _ in handler })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await listener.run() }
      let found = try await port.first { $0 > 0 ? $0 : nil }
      let bench = Bench(
        port: found, battery: battery, board: listener.board, log: handler.lines)
      do {
        try await body(bench)
      } catch {
        Issue.record("\(error); the log says \(bench.log.value)")
      }
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  @Test("get everything in lines, of at most 2048 characters, with its meta before")
  func getsEverything() async throws {
    try await withListener(name: String(repeating: "H\u{e4}user ", count: 30)) { bench in
      bench.battery.sayEverything(alarms: .active)
      let client = try await LineClient(port: bench.port)
      let lines = try await client.lines.first { lines in
        lines.contains { $0.contains("communication") } ? lines : nil
      }
      let longest = lines.map(\.utf8.count).max() ?? 0
      #expect((1000...2048).contains(longest))
      let sent = SentDeltas(lines)
      #expect(sent.messages.count == lines.count)
      #expect(sent["voltage"] == 13.28)
      let paths = sent.values.map(\.path)
      #expect(Set(paths).count == paths.count)
      let described = Set(paths.filter { !$0.hasPrefix("notifications.") })
      #expect(described == Set(sent.metas.keys))
      #expect(try #require(lines.first).contains(#""meta""#))
      try DeltaRecording.keep(lines)
      await client.stop()
    }
  }

  @Test("get the present at once, several of them, and what changes")
  func serves() async throws {
    try await withListener { bench in
      bench.battery.say(.voltage, .number(13))
      var clients: [LineClient] = []
      for _ in 0..<3 { clients.append(try await LineClient(port: bench.port)) }
      for client in clients {
        _ = try await client.lines.first { SentDeltas($0)["voltage"] == 13 ? true : nil }
      }
      bench.battery.say(.voltage, .number(14))
      for client in clients {
        let lines = try await client.lines.first { SentDeltas($0)["voltage"] == 14 ? $0 : nil }
        try DeltaRecording.keep(lines)
      }
      #expect(bench.board.status.phase == .listening(clients: 3))
      for client in clients { await client.stop() }
      _ = try await bench.log.first { lines in
        lines.filter { $0.contains("has gone") }.count == 3 ? true : nil
      }
      #expect(bench.board.status.connections == 3)
    }
  }

  @Test("are not read, whatever they say")
  func isDeaf() async throws {
    try await withListener { bench in
      let client = try await LineClient(port: bench.port)
      try await client.say(#"{"updates":[]}"# + String(repeating: "x", count: 1 << 20))
      bench.battery.say(.voltage, .number(13))
      _ = try await client.lines.first { SentDeltas($0)["voltage"] == 13 ? true : nil }
      await client.stop()
    }
  }

  @Test("are let go and counted when they take nothing")
  func dropsSlow() async throws {
    var timing = SignalKTiming()
    timing.silence = .milliseconds(300)
    try await withListener(timing: timing) { bench in
      let slow = try await LineClient(port: bench.port, isReading: false)
      let quick = try await LineClient(port: bench.port)
      // All of it is sent anew each time, some 8 KiB.
      for _ in 0..<5000 where bench.board.status.slowClients == 0 {
        bench.battery.sayEverything(after: 20)
        try await Task.sleep(for: .milliseconds(5))
      }
      _ = try await bench.log.first { $0.first { $0.contains("Let a client go") } }
      #expect(bench.board.status.slowClients == 1)
      bench.battery.say(.voltage, .number(20))
      // Megabytes may be under way to it, and each piece is looked at: as text, not as JSON.
      _ = try await quick.lines.first(within: .seconds(100)) { lines in
        lines.suffix(100).contains { $0.contains(#"house.voltage","value":20}"#) } ? true : nil
      }
      await quick.stop()
      await slow.stop()
    }
  }

  @Test("are told apart from strangers by their number")
  func boundsClients() async throws {
    try await withListener { bench in
      var clients: [LineClient] = []
      for _ in 0..<16 { clients.append(try await LineClient(port: bench.port)) }
      _ = try await bench.log.first { lines in
        lines.filter { $0.contains("has come") }.count == 16 ? true : nil
      }
      let stranger = try await LineClient(port: bench.port)
      _ = try await stranger.hasEnded.first { $0 ? true : nil }
      for client in clients { await client.stop() }
    }
  }

  @Test("find an address that is taken later")
  func waitsForAddress() async throws {
    let other = try await StandInOtherServer(saying: nil)
    let port = try SignalKEndpoint(parsing: other.url).port
    let handler = LogLines()
    let battery = LiveBattery()
    let listener = SignalKListener(
      address: try SignalKListenAddress(parsing: "127.0.0.1:\(port)"),
      feeds: [SignalKFeed(try SignalKBattery(id: "house"), battery.updates)],
      backoff: Backoff(first: .milliseconds(50), longest: .milliseconds(100)),
      logger: Logger(label: "test") { _ in handler })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await listener.run() }
      let line = try await handler.lines.first { $0.first { $0.contains("Cannot listen") } }
      #expect(line.contains("listen:127.0.0.1:\(port): cannot listen: Address already in use"))
      await other.stop()
      _ = try await handler.lines.first { $0.first { $0.contains("Listening for Signal K") } }
      battery.finish()
      try await group.waitForAll()
      #expect(listener.board.status.phase == .ended)
    }
  }
}
