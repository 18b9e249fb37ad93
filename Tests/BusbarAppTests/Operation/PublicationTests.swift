import Foundation
import Testing

@testable import BusbarApp
@testable import Publishers

@Suite("What a destination tells of its server")
struct PublicationTests {
  private let parts = PartBoard()
  private let publisher = SignalKStatusBoard()
  private let reporter: PartReporter

  init() {
    reporter = parts.add(.destination, name: "auto", battery: "house")
    reporter.follow(publisher)
  }

  private var part: PartStatus { parts.parts[0] }

  @Test("it is the publisher's own word, from the first try to the last")
  func phases() throws {
    #expect(part.state == .starting)
    publisher.failed(.noServerFound, missed: 7)
    #expect(part.state == .failing)
    #expect(part.detail == "\(SignalKError.noServerFound)")
    #expect(part.publication?.missed == 7)
    let since = part.since
    publisher.failed(
      .accessWithdrawn(server: "ws://pi", status: 401, reason: "Unauthorized"), missed: 9)
    #expect(part.since == since, "one outage, whatever reasons it has")
    publisher.waits(for: .approval, advice: "click there", server: "ws://pi")
    #expect(part.state == .failing)
    #expect(part.detail == "click there")
    #expect(part.publication?.mayWrite == false)
    #expect(try #require(publisher.connected(to: "ws://pi")) >= 0)
    publisher.sent(3)
    #expect(part.state == .working)
    #expect(part.detail == "connected to ws://pi")
    #expect(part.lastError == "click there")
    #expect(part.publication?.mayWrite == nil)
    #expect(part.publication?.sent == 3)
    #expect(part.publication?.connectedSince != nil)
    publisher.learned(mayWrite: false, warning: "may only read")
    #expect(part.state == .failing)
    #expect(part.detail == "may only read")
    publisher.learned(mayWrite: true, warning: nil)
    #expect(part.state == .working)
    #expect(part.publication?.mayWrite == true)
    // The publisher has gone: what the part says itself counts, and what was known stays.
    reporter.follow(nil)
    reporter.became(.failing, "it ended by itself")
    #expect(part.state == .failing)
    #expect(part.publication?.sent == 3)
  }

  @Test("a report says it in JSON and in words")
  func report() throws {
    _ = publisher.connected(to: "ws://pi:3000")
    publisher.learned(mayWrite: true, warning: nil)
    publisher.sent(12)
    var part = part
    part.since = 0
    part.publication?.connectedSince = 1_000_000_000
    part.publication?.lastSent = 9_500_000_000
    let report = StatusReport([part], started: 0, time: 10_000_000_000)
    #expect(try StatusReport(json: Data(report.json().utf8)) == report)
    #expect(
      StatusText.text(report) == """
        gateway \(report.process), since 1970-01-01T00:00:00Z
        destination  auto  house  working since 1970-01-01T00:00:00Z: connected to ws://pi:3000
                     0 updates taken
                     12 deltas sent, the last 0.5 s ago; connections: 1, this one since \
        1970-01-01T00:00:01Z; may write

        """)
  }

  @Test("one that listens works, also after it could not")
  func listening() {
    publisher.failed(.cannotListen(address: "listen:0.0.0.0:10112", reason: "taken"), missed: 0)
    publisher.enter(.listening(clients: 0), server: "listen:0.0.0.0:10112")
    #expect(part.state == .working)
    #expect(part.detail == "0 clients")
    #expect(part.lastError?.isEmpty == false)
    #expect(publisher.status.awaySince == nil)
  }
}
