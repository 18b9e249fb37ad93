import BusbarTestSupport
import Foundation
import Logging
import Testing

@testable import BusbarApp

@Suite("What systemd is told", .timeLimit(.minutes(3)))
struct OperationTests {
  private static let second: Int64 = 1_000_000_000

  @Test("arrives as the protocol has it")
  func notifies() async throws {
    let socket = try NotifySocket.start()
    let manager = ServiceManager(
      environment: [
        "NOTIFY_SOCKET": socket.path, "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "42",
      ], processIdentifier: 42)
    #expect(manager.watchdogLimit == .seconds(30))
    for message in [
      ServiceManager.Message.ready, .reloading(monotonicMicroseconds: 17), .status("a\nb"),
      .watchdog, .stopping,
    ] { #expect(manager.tell(message)) }
    let messages = try await socket.messages.first { $0.count == 5 ? $0 : nil }
    #expect(
      messages == [
        "READY=1", "RELOADING=1\nMONOTONIC_USEC=17", "STATUS=a b", "WATCHDOG=1", "STOPPING=1",
      ])
  }

  @Test(
    "is nothing where nobody listens",
    arguments: [
      [:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "/no/such"], ["NOTIFY_SOCKET": "relative"],
      ["NOTIFY_SOCKET": "@busbar-nobody"],
      ["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 200)],
    ])
  func nobodyListens(environment: [String: String]) {
    #expect(!ServiceManager(environment: environment).tell(.ready))
  }

  @Test(
    "a watchdog is ours only if it is meant for this process",
    arguments: [
      (["WATCHDOG_USEC": "5000000"], .seconds(5)),
      (["WATCHDOG_USEC": "5000000", "WATCHDOG_PID": "7"], nil), (["WATCHDOG_USEC": "0"], nil),
      (["WATCHDOG_USEC": "-1"], nil), (["WATCHDOG_USEC": "soon"], nil), ([:], nil),
    ] as [([String: String], Duration?)])
  func watchdog(environment: [String: String], limit: Duration?) {
    #expect(ServiceManager(environment: environment, processIdentifier: 42).watchdogLimit == limit)
  }

  @Test("the watchdog starves when one part hangs, and not when it rests or has ended")
  func judge() {
    let judge = WatchdogJudge(limit: .seconds(30))
    var parts = ["can0", "ws://pi"].map {
      PartStatus(.source, name: $0, battery: "house", time: 0, now: 100 * Self.second)
    }
    #expect(judge.hanging(parts, now: 115 * Self.second).isEmpty)
    #expect(judge.hanging(parts, now: 116 * Self.second) == ["can0", "ws://pi"])
    parts[0].progress = 116 * Self.second
    #expect(judge.hanging(parts, now: 116 * Self.second) == ["ws://pi"])
    parts[1].progress = 160 * Self.second
    #expect(judge.hanging(parts, now: 117 * Self.second).isEmpty)
    parts[1].progress = 0
    parts[1].state = .ended
    #expect(judge.hanging(parts, now: 117 * Self.second).isEmpty)
    #expect(judge.interval <= 30 * Self.second / 2)
  }

  @Test("a line is one line, with a time for people and a priority for the journal")
  func lines() {
    let text = "source can0:\n\u{1B}[31mdown"
    #expect(
      GatewayLog.line(text, .warning, time: 1_795_305_600 * Self.second, isForJournal: false)
        == "2026-11-22T00:00:00Z warning: source can0:  [31mdown")
    #expect(
      GatewayLog.line(text, .warning, time: 0, isForJournal: true) == "<4>source can0:  [31mdown")
    #expect(GatewayLog.line("x", .notice, time: 0, isForJournal: true) == "<5>x")
  }

  @Test("what a publisher logs is told under its destination's name, with the reason alone")
  func publisherLog() {
    let lines = LogLines()
    let handler = PartLogHandler(
      logger: Logger(label: "test") { _ in lines }, title: "signalk ws://pi")
    let logger = Logger(label: "inner") { _ in handler }
    logger.warning("Not connected", metadata: ["reason": "refused", "next": "3"])
    logger.notice("Connected", metadata: ["version": "2", "name": "boat"])
    #expect(
      lines.lines.value == [
        "warning: signalk ws://pi: refused",
        "notice: signalk ws://pi: Connected name=boat version=2",
      ])
  }
}
