import BatteryModel
import BusbarTestSupport
import Foundation
import NIOCore
import NIOPosix
import Publishers
import Testing

@Suite("Finding a server", .timeLimit(.minutes(2)))
struct FindingTests {
  private func search(local: String, mdns: MDNSTarget) throws -> SignalKServerAddress {
    var search = SignalKSearch()
    search.local = try SignalKEndpoint(parsing: local)
    search.mdns = mdns
    return .automatic(search)
  }

  @Test("follows a server's own document, also behind a proxy", arguments: ["", "/boat"])
  func follows(prefix: String) async throws {
    var settings = StandInSignalKSettings()
    settings.prefix = prefix
    let server = try await StandInSignalKServer.start(settings)
    let address = try SignalKEndpoint(parsing: server.webURL)
    try await withService(on: server, at: .at(address), access: .open) { bench in
      try await bench.publish(13)
      #expect(bench.board.status.server == server.url)
    }
    await server.stop()
  }

  @Test("goes to no other host than the one that was asked")
  func staysAtHost() async throws {
    var settings = StandInSignalKSettings()
    settings.advertisedHost = "evil.example:80"
    let server = try await StandInSignalKServer.start(settings)
    let address = try SignalKEndpoint(parsing: server.webURL)
    try await withService(on: server, at: .at(address), access: .open) { bench in
      try await bench.publish(13)
    }
    await server.stop()
  }

  @Test(
    "says what is there instead of a Signal K server",
    arguments: [
      (
        StandInAnswer(status: 200, type: "text/html", body: "<!DOCTYPE html><p>Log in"),
        "what it shows at /signalk is a web page, not JSON"
      ),
      (.text(200, ""), "what it shows at /signalk is nothing, not JSON"),
      (.json(200, [1, 2]), "/signalk names no stream"),
      (.json(200, ["endpoints": ["v1": ["signalk-ws": "gopher://x"]]]), "/signalk names no stream"),
      (.text(404, "?"), "it answers 404 Not Found to GET /signalk"),
      (.text(502, "Bad Gateway"), "it answers 502 Bad Gateway to GET /signalk"),
      (.text(301, "?"), "it redirects to nowhere"),
    ])
  func saysWhatIsThere(answer: StandInAnswer, words: String) async throws {
    var settings = StandInSignalKSettings()
    settings.answers["/signalk"] = answer
    let server = try await StandInSignalKServer.start(settings)
    let address = try SignalKEndpoint(parsing: server.webURL)
    try await withService(on: server, at: .at(address), access: .open) { bench in
      let line = try await bench.waitForLine("Not connected")
      #expect(
        line.hasSuffix(
          "reason=\(server.webURL): not a Signal K server: \(words); check host, port and path"))
    }
    await server.stop()
  }

  @Test("follows a redirection to the same host only")
  func followsRedirection() async throws {
    let other = try await StandInOtherServer(
      saying: "HTTP/1.1 302 Found\r\nLocation: http://evil.example/\r\nContent-Length: 0\r\n\r\n")
    let server = try await StandInSignalKServer.start()
    let evil = try SignalKEndpoint(parsing: other.url.replacing("ws:", with: "http:"))
    try await withService(on: server, at: .at(evil), access: .open) { bench in
      let line = try await bench.waitForLine("Not")
      #expect(line.contains("it redirects to http://evil.example/"))
    }
    await other.stop()
    let good = try await StandInOtherServer(
      saying: "HTTP/1.1 302 Found\r\nLocation: \(server.webURL)/\r\nContent-Length: 0\r\n\r\n")
    let start = try SignalKEndpoint(parsing: good.url.replacing("ws:", with: "http:"))
    try await withService(on: server, at: .at(start), access: .open) { bench in
      try await bench.publish(13)
    }
    await good.stop()
    await server.stop()
  }

  @Test("takes the server on this machine first")
  func findsLocal() async throws {
    let server = try await StandInSignalKServer.start()
    let address = try search(local: server.webURL, mdns: .unicast(host: "127.0.0.1", port: 9))
    try await withService(on: server, at: address, access: .open) { bench in
      try await bench.publish(13)
      #expect(bench.log.value.first == "notice: Found a Signal K server server=\(server.url)")
    }
    await server.stop()
  }

  @Test("asks by mDNS where this machine has none, and passes over what is no server")
  func findsByMDNS() async throws {
    let server = try await StandInSignalKServer.start()
    let wall = try await StandInOtherServer(saying: "220 mail.example\r\n")
    let ports = [try SignalKEndpoint(parsing: wall.url).port, server.port]
    let responder = try await StandInResponder(announcing: ports)
    let address = try search(
      local: "http://127.0.0.1:9", mdns: .unicast(host: "127.0.0.1", port: responder.port))
    var timing = SignalKTiming()
    timing.searching = .seconds(5)
    try await withService(on: server, at: address, access: .open, timing: timing) { bench in
      try await bench.publish(13)
      #expect(bench.log.value.contains("notice: Found a Signal K server server=\(server.url)"))
    }
    await responder.stop()
    await wall.stop()
    await server.stop()
  }

  @Test("says that there is none, and what to write")
  func findsNone() async throws {
    let server = try await StandInSignalKServer.start()
    let address = try search(
      local: "http://127.0.0.1:9", mdns: .unicast(host: "127.0.0.1", port: 9))
    var timing = SignalKTiming()
    timing.searching = .milliseconds(100)
    try await withService(on: server, at: address, access: .open, timing: timing) { bench in
      let line = try await bench.waitForLine("Not")
      #expect(
        line.hasSuffix(
          """
          reason=no Signal K server on port 3000 of this machine, and none announced by mDNS; \
          write its address, such as ws://HOST:3000
          """))
    }
    await server.stop()
  }

  @Test(
    "finds what a real responder announces",
    .enabled(
      if: ProcessInfo.processInfo.environment["BUSBAR_ZEROCONF"] != nil,
      "BUSBAR_ZEROCONF names no Python with the package zeroconf"))
  func findsRealResponder() async throws {
    let python = try #require(ProcessInfo.processInfo.environment["BUSBAR_ZEROCONF"])
    let server = try await StandInSignalKServer.start(host: "0.0.0.0")
    let responder = try ZeroconfResponder(python: python, port: server.port)
    var timing = SignalKTiming()
    timing.searching = .seconds(6)
    let address = try search(local: "http://127.0.0.1:9", mdns: .multicast)
    try await withService(on: server, at: address, access: .open, timing: timing) { bench in
      // A Python that starts on a busy machine takes its time.
      let line = try await bench.log.first(within: .seconds(50)) {
        $0.first { $0.contains("Found") }
      }
      try await bench.publish(13)
      #expect(line.hasPrefix("notice: Found a Signal K server server=ws://"))
      #expect(!line.contains("127.0.0.1"))
    }
    await responder.stop()
    await server.stop()
  }
}
