import BusbarTestSupport
import Foundation
import Publishers
import Testing

/// Times that make a test quick, and that a busy machine still keeps.
extension SignalKTiming {
  static var brisk: Self {
    var timing = Self()
    timing.pinging = .milliseconds(50)
    timing.silence = .seconds(20)
    return timing
  }
}

/// A file with a token that goes away with the test.
func withTokenFile<Result>(
  _ token: String, _ body: (TokenFile) async throws -> Result
) async throws -> Result {
  let path = FileManager.default.temporaryDirectory.path() + "/busbar-token-\(UUID())"
  try Data((token + "\n").utf8).write(to: URL(fileURLWithPath: path))
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try await body(TokenFile(path: path))
}

/// A server and an open connection to it; afterwards all that was sent is kept for the validator,
/// unless it is malformed on purpose.
func withConnection(
  to settings: StandInSignalKSettings = .init(), timing: SignalKTiming = .init(),
  token: TokenFile? = nil, isKept: Bool = true,
  _ body: (SignalKConnection, StandInSignalKServer) async throws -> Void
) async throws {
  let server = try await StandInSignalKServer.start(settings)
  let connection = try #require(
    try await SignalKConnection.open(
      to: SignalKEndpoint(parsing: server.url), tokenFile: token, timing: timing))
  try await body(connection, server)
  connection.startClosing()
  _ = await connection.reasonOfEnd()
  await server.stop()
  if isKept { try DeltaRecording.keep(server.state.value.receivedTexts) }
}

/// A delta with a voltage, such as an encoder makes.
func delta(_ voltage: Double, second: Int = 0) -> String {
  let entry: JSONValue = [
    "path": "electrical.batteries.house.voltage", "value": .number(voltage),
  ]
  let update: JSONValue = [
    "$source": "busbar.house", "timestamp": .text("2021-04-08T17:00:\(second + 10)Z"),
    "values": [entry],
  ]
  return (["updates": [update]] as JSONValue).json
}
