import BusbarTestSupport
import Foundation
import FoundationNetworking
import Publishers
import Testing

@Suite("The stand-in for a Signal K server", .timeLimit(.minutes(3)))
struct StandInSignalKServerTests {
  private static let alarm = "notifications.electrical.batteries.house.highVoltage"

  private func fetch(
    _ path: String, of server: StandInSignalKServer, method: String = "GET", token: String? = nil,
    body: String? = nil
  ) async throws -> (status: Int, body: String) {
    let url = try #require(URL(string: server.url.replacing("ws://", with: "http://") + path))
    var request = URLRequest(url: url)
    request.httpMethod = method
    request.httpBody = body.map { Data($0.utf8) }
    request.setValue("application/json", forHTTPHeaderField: "Accept")
    if let token { request.setValue("JWT \(token)", forHTTPHeaderField: "X-Authorization") }
    let (data, response) = try await URLSession.shared.data(for: request)
    let status = try #require(response as? HTTPURLResponse).statusCode
    return (status, String(decoding: data, as: UTF8.self))
  }

  @Test(
    "keeps what the server would keep of a delta",
    arguments: [
      (
        #"{"updates":[{"$source":"a.b","values":[{"path":"x.y.z","value":1}]}]}"#,
        "a.b" as String?, "its source"
      ),
      (#"{"updates":[{"values":[{"path":"x.y.z","value":1}]}]}"#, "ws", "no source"),
      (
        #"{"updates":[{"source":{"label":"a"},"values":[{"path":"x.y.z","value":1}]}]}"#,
        "a.XX", "half a source"
      ),
      (
        #"{"updates":[{"source":{"label":"a","src":"7"},"values":[{"path":"x.y.z","value":1}]}]}"#,
        "a.7", "a whole source"
      ),
      (#"{"updates":[{"values":{"path":"x.y.z","value":1}}]}"#, nil, "values that are no array"),
      (
        #"{"updates":[{"values":[{"path":"x.y.z","value":1},{"value":2}]}]}"#, nil,
        "an entry without a path"
      ),
      (#"{"updates":[{"values":[{"path":"x.y.z"}]}]}"#, nil, "no value"),
      (#"[{"updates":[{"values":[{"path":"x.y.z","value":1}]}]}]"#, nil, "an array of deltas"),
      (#"{"updates":{"values":[{"path":"x.y.z","value":1}]}}"#, nil, "updates that are no array"),
      (
        #"{"updates":[{"values":[{"path":"x.y.z.prototype","value":1}]}]}"#, nil,
        "a forbidden segment"
      ),
    ])
  func keeps(delta: String, source: String?, why: String) async throws {
    try await withConnection(isKept: false) { connection, server in
      try await connection.send(delta)
      try await connection.send(#"{"updates":[{"values":[{"path":"the.end.is","value":true}]}]}"#)
      let model = try await server.state.first { state in
        state.model.leaves["the.end.is"] == nil ? nil : state.model
      }
      #expect(model.leaves["x.y.z"]?.source == source, "\(why)")
      #expect(model.leaves["x.y.z.prototype"] == nil)
    }
  }

  @Test("keeps an acknowledgement through repeats, and forgets it with a normal state")
  func acknowledges() async throws {
    try await withConnection(isKept: false) { connection, server in
      for (state, method) in [
        ("alarm", ["visual", "sound"] as JSONValue), ("alarm", []), ("normal", []),
        ("alarm", ["visual", "sound"]),
      ] {
        let value: JSONValue = [
          "state": .text(state), "method": ["visual", "sound"], "message": "",
        ]
        let entry: JSONValue = ["path": .text(Self.alarm), "value": value]
        let count = server.state.value.receivedTexts.count
        try await connection.send((["updates": [["values": [entry]]]] as JSONValue).json)
        let model = try await server.state.first { state in
          state.receivedTexts.count > count ? state.model : nil
        }
        if state == "alarm" { #expect(model.leaves[Self.alarm]?.value["method"] == method) }
        #expect(model.leaves[Self.alarm]?.value["id"] != nil)
        server.state.change { $0.model.acknowledge(Self.alarm) }
      }
    }
  }

  @Test("answers REST requests with security off")
  func answers() async throws {
    try await withConnection { connection, server in
      let endpoints = try await fetch("/signalk", of: server).body
      #expect(
        JSONValue(parsing: endpoints)?["endpoints"]?["v1"]?["signalk-ws"]?.text
          == server.url + "/signalk/v1/stream")
      #expect(
        try await fetch("/skServer/loginStatus", of: server).body
          == #"{"authenticationRequired":false,"readOnlyAccess":false,"status":"notLoggedIn"}"#)
      #expect(
        try await fetch("/signalk/v1/api/self", of: server).body == "\"\(StandInState.vessel)\"")
      let path = "/signalk/v1/api/vessels/self/electrical/batteries"
      #expect(try await fetch(path, of: server).status == 404)
      try await connection.send(delta(13.28))
      _ = try await server.state.first { $0.model.leaves.isEmpty ? nil : true }
      #expect(
        try await fetch(path + "/house", of: server).body
          == #"{"voltage":{"$source":"busbar.house","timestamp":"2021-04-08T17:00:10Z","#
          + #""value":13.28}}"#)
      #expect(try await fetch(path + "/house/voltage/meta", of: server).status == 404)
      #expect(try await fetch("/signalk/v1/stream", of: server).status == 426)
    }
  }

  @Test("lets in whom it should")
  func protects() async throws {
    var settings = StandInSignalKSettings()
    settings.security = StandInSecurity(
      isOn: true,
      devices: [
        "good": .init(clientId: "g", permission: .readwrite),
        "weak": .init(clientId: "w", permission: .readonly),
      ])
    let server = try await StandInSignalKServer.start(settings)
    let own = "/signalk/v1/api/self"
    #expect(try await fetch(own, of: server) == (401, "Unauthorized"))
    #expect(try await fetch(own, of: server, token: "bad") == (401, "bad auth token"))
    #expect(try await fetch(own, of: server, token: "weak").status == 200)
    server.state.change { $0.settings.security.isReadOnlyAccessAllowed = true }
    #expect(try await fetch(own, of: server).status == 200)

    let path = "/signalk/v1/api/vessels/self/a/b/c"
    for (token, body, expected) in [
      (nil, #"{"value":1}"#, (401, "Unauthorized")),
      ("weak", #"{"value":1}"#, (401, #"{"error":"Permission Denied"}"#)),
      ("good", "{}", (400, "input is missing a value")),
    ] as [(String?, String, (Int, String))] {
      #expect(
        try await fetch(path, of: server, method: "PUT", token: token, body: body) == expected)
    }
    let nobody = try await fetch(
      path, of: server, method: "PUT", token: "good", body: #"{"value":1}"#)
    #expect(nobody.status == 405)
    #expect(nobody.body.contains("PUT not supported for a.b.c"))
    await server.stop()
  }

  @Test("gives up on a client that does not answer a PUT request")
  func timesOut() async throws {
    var settings = StandInSignalKSettings()
    settings.putTimeout = .milliseconds(100)
    try await withConnection(to: settings) { connection, server in
      try await connection.send(delta(13))
      _ = try await server.state.first { $0.model.leaves.isEmpty ? nil : true }
      try await server.fallSilent()
      let (_, id) = server.put("electrical.batteries.house.voltage", 14)
      let requestId = try #require(id)
      let reply = try await server.state.first { $0.reply(to: requestId) }
      #expect(reply["statusCode"] == 504)
    }
  }
}
