import BusbarTestSupport
import Foundation
import Testing

@Suite("busbar run", .timeLimit(.minutes(2)))
struct RunTests {
  private static let batteries = "electrical.batteries.house."

  @Test("a replayed capture arrives in Signal K, also after the server was away")
  func publishes() async throws {
    let server = try await StandInSignalKServer.start()
    let folder = try TemporaryFolder()
    let seen = folder.url.appending(path: "seen")
    async let outcome = Command.shell(
      """
      "$BUSBAR" run --source Examples/rec-q.txt --speed 10 --loop \
        --nominal-voltage 25.6 --signalk \(server.url) & busbar=$!
      for _ in $(seq 800); do [ -e \(seen.path) ] && break; sleep 0.1; done
      kill $busbar; wait $busbar; echo "status $?"
      """, folder: DocumentTests.root)
    try await Self.wait(for: ["voltage", "bms.serialNumber", "manufacturer.name"], server)
    let first = server.state.value
    try await server.restart(away: .seconds(1))
    try await Self.wait(for: ["voltage"], server)
    try Data().write(to: seen)
    let ended = try await outcome
    await server.stop()

    #expect(ended.output == "status 0\n", "SIGTERM ends it well: \(ended.errors)")
    #expect(ended.errors.contains("dialect rec"))
    for (path, value): (String, JSONValue) in [
      ("voltage", .number(26.1)), ("current", .number(0)), ("temperature", .number(302.65)),
      ("capacity.stateOfCharge", .number(0.5)), ("capacity.remaining", .number(9_216_000)),
      ("bms.maxChargeVoltage", .number(28.7)), ("bms.serialNumber", .text("1Q-1845")),
      ("bms.firmwareVersion", .text("2.6")), ("manufacturer.name", .text("REC-BMS")),
      ("bms.state", .text("online")),
    ] {
      #expect(first.model.leaves[Self.batteries + path]?.value == value, "\(path)")
      #expect(first.model.leaves[Self.batteries + path]?.source == "busbar.house", "\(path)")
    }
    #expect(first.model.meta[Self.batteries + "voltage"]?["units"]?.text == "V")
  }

  @Test("a server that is not there is waited for, and Ctrl-C still ends it at once")
  func absentServer() async throws {
    let outcome = try await Command.shell(
      "timeout --preserve-status -s INT 4 \"$BUSBAR\" run --source Examples/rec-q.txt --loop "
        + "--signalk ws://127.0.0.1:9; echo status $?", folder: DocumentTests.root)
    #expect(outcome.output == "status 0\n")
    #expect(outcome.errors.contains("127.0.0.1:9"))
    #expect(outcome.errorLines.count < 6, "it does not fill the log: \(outcome.errors)")
  }

  @Test("without --loop it ends with its log, and everything was printed")
  func ends() async throws {
    let outcome = try await Command.shell(
      "timeout 20 \"$BUSBAR\" run --source Examples/rec-q.txt --speed 2 --signalk stdout",
      folder: DocumentTests.root)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains(#""path":"electrical.batteries.house.voltage","value":26.1"#))
  }

  @Test("a log's format and zone can be given, and what is no format is refused")
  func format() async throws {
    let run = "timeout 20 \"$BUSBAR\" run --source Examples/rec-q.txt --speed max --signalk stdout"
    let right = try await Command.shell(
      run + " --input-format candump-text --utc-offset 2", folder: DocumentTests.root)
    #expect(right.status == 0)
    #expect(right.output.contains(#""path":"electrical.batteries.house.voltage","value":26.1"#))
    let wrong = try await Command.shell(run + " --input-format asc", folder: DocumentTests.root)
    #expect(!wrong.output.contains("voltage"), "as ASC it has no frames")
    let unknown = try await Command.shell(
      run + " --input-format elf --utc-offset 20", folder: DocumentTests.root)
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("--input-format: 'elf': expected one of candump, "))
    #expect(unknown.errors.contains("--utc-offset: '20': expected hours east of UTC"))
  }

  private static func wait(for paths: [String], _ server: StandInSignalKServer) async throws {
    _ = try await server.state.first(within: .seconds(40)) { state in
      paths.allSatisfy { state.model.leaves[batteries + $0] != nil } ? true : nil
    }
  }
}
