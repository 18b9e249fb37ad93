import BusbarTestSupport
import Foundation
import Testing

/// Lets a publisher live for long in a process of its own, and judges its memory and descriptors: a
/// part of it always, all of it when asked.
///
///     BUSBAR_SOAK=full swift test --filter SignalKSoakTests
///
/// All of it is 10,000 reconnections and 24 hours of a battery.
@Suite("A long life", .serialized, .timeLimit(.minutes(60)))
struct SignalKSoakTests {
  private static let isFull = ProcessInfo.processInfo.environment["BUSBAR_SOAK"] == "full"
  private static let mostGrowth = 2 << 20

  private func soak(_ kind: String, _ count: Int) async throws -> SoakFigures {
    let outcome = try await Command.product("signalk-soak", [kind, "\(count)"])
    try #require(outcome.status == 0, "\(outcome.errors)")
    let figures = try JSONDecoder().decode(SoakFigures.self, from: Data(outcome.output.utf8))
    let (warm, end) = (figures.warm, figures.end)
    print("\(count) \(kind): after warming up \(warm), at the end \(end)")
    #expect(end.residentBytes - warm.residentBytes < Self.mostGrowth)
    #expect(end.heapBytes - warm.heapBytes < Self.mostGrowth)
    #expect(end.descriptors <= warm.descriptors)
    return figures
  }

  @Test("of reconnections leaves neither memory nor a descriptor behind")
  func reconnects() async throws {
    let rounds = Self.isFull ? 10_000 : 500
    #expect(try await soak("reconnections", rounds).connections == rounds + 1)
  }

  @Test("of a battery leaves neither memory nor a descriptor behind")
  func publishesForADay() async throws {
    let hours = Self.isFull ? 24 : 1
    let figures = try await soak("hours", hours)
    #expect(figures.deltas >= hours * 3600)
    #expect(figures.connections == 1)
  }
}
