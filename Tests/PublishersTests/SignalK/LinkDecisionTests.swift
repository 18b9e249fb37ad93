import Publishers
import Testing

/// A source of chance that always says the same.
struct FixedChance: RandomNumberGenerator {
  var word: UInt64

  mutating func next() -> UInt64 { word }
}

@Suite("Waiting for the next attempt")
struct BackoffTests {
  @Test("doubles from a second to a minute")
  func doubles() {
    var backoff = Backoff()
    var most = FixedChance(word: .max)
    let delays = (0..<9).map { _ in backoff.delay(using: &most) }
    #expect(delays == [1, 2, 4, 8, 16, 32, 60, 60, 60].map { .seconds($0) })
  }

  @Test("waits at least half of each step")
  func hasJitter() {
    var backoff = Backoff()
    var least = FixedChance(word: 0)
    let delays = (0..<7).map { _ in backoff.delay(using: &least) }
    #expect(delays == [0.5, 1, 2, 4, 8, 16, 30].map { .seconds($0) })
  }

  @Test("starts anew after a connection that lasted, and only then")
  func resets() {
    var backoff = Backoff()
    var least = FixedChance(word: 0)
    for _ in 0..<5 { _ = backoff.delay(using: &least) }
    backoff.connectionEnded(after: .seconds(29))
    #expect(backoff.delay(using: &least) == .seconds(16))
    backoff.connectionEnded(after: .seconds(30))
    #expect(backoff.delay(using: &least) == .seconds(0.5))
  }

  @Test("spreads clients out")
  func spreads() {
    var random = SystemRandomNumberGenerator()
    let delays = (0..<100).map { _ in
      var backoff = Backoff()
      return backoff.delay(using: &random)
    }
    #expect(Set(delays).count > 90)
    #expect(delays.allSatisfy { (.seconds(0.5)...Duration.seconds(1)).contains($0) })
  }
}

@Suite("Keeping a connection alive")
struct KeepAliveTests {
  @Test("pings every 15 seconds and gives up after 45 of silence")
  func givesUp() {
    var keepAlive = KeepAlive(pingInterval: 15, silenceLimit: 45, now: 0)
    let actions = (1...45).map { keepAlive.timePassed(to: $0) }
    #expect(actions.indices.filter { actions[$0] == .ping } == [14, 29])
    #expect(actions.last == .giveUp)
  }

  @Test("goes on for as long as something is heard")
  func goesOn() {
    var keepAlive = KeepAlive(pingInterval: 15, silenceLimit: 45, now: 0)
    for time in Int64(1)...1000 {
      if time % 44 == 0 { keepAlive.heard(at: time) }
      #expect(keepAlive.timePassed(to: time) != .giveUp)
    }
  }
}

@Suite("Telling of an outage")
struct OutageReportTests {
  private static let second: Int64 = 1_000_000_000

  @Test("tells at once, and then once an hour")
  func tellsRarely() {
    var report = OutageReport()
    let told = (0...8000).filter { report.failed("away", at: Int64($0) * Self.second) }
    #expect(told == [0, 3600, 7200])
  }

  @Test("tells another reason, at most once a minute")
  func tellsAnotherReason() {
    var report = OutageReport()
    let told = (0...200).filter { second in
      report.failed(second < 90 ? "away" : "reason \(second % 2)", at: Int64(second) * Self.second)
    }
    #expect(told == [0, 90, 151])
  }

  @Test("tells of the next outage at once")
  func tellsAgain() {
    var report = OutageReport()
    var told = [report.failed("away", at: 0)]
    report.connected()
    told.append(report.failed("away", at: Self.second))
    told.append(report.failed("away", at: 2 * Self.second))
    #expect(told == [true, true, false])
  }
}
