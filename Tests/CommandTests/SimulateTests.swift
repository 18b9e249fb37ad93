import BusbarTestSupport
import Foundation
import Testing

@Suite("busbar simulate and sim: as a source", .timeLimit(.minutes(3)))
struct SimulateTests {
  @Test("a simulated log is the same each time, and decodes")
  func log() async throws {
    let folder = try TemporaryFolder()
    for name in ["a.log", "b.log"] {
      let outcome = try await Command.busbar(
        "simulate", "rec-q?seed=5", "--log", name, "--seconds", "60", folder: folder.url)
      #expect(outcome.status == 0, "it says: \(outcome.errors)")
      #expect(outcome.errors.contains("frames of 60 s"))
    }
    let (first, second) = (
      try Data(contentsOf: folder.url.appending(path: "a.log")),
      try Data(contentsOf: folder.url.appending(path: "b.log"))
    )
    #expect(first == second && !first.isEmpty)
    let decoded = try await Command.busbar(
      "decode", "a.log", "--format", "json", folder: folder.url)
    #expect(decoded.output.contains(#""values":{"serial":"1Q-1845"}"#))
  }

  @Test("a log that is there is not replaced, and one is compressed if its name says so")
  func existing() async throws {
    let folder = try TemporaryFolder()
    let arguments = ["simulate", "--log", "a.log.gz", "--seconds", "5"]
    #expect(try await Command.busbar(arguments, folder: folder.url).status == 0)
    let refused = try await Command.busbar(arguments, folder: folder.url)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("a.log.gz: exists already; --force replaces it"))
    #expect(try await Command.busbar(arguments + ["--force"], folder: folder.url).status == 0)
    let listed = try await Command.shell("gzip -dc a.log.gz | wc -l", folder: folder.url)
    #expect(listed.output == "32\n")
  }

  @Test("sim: is a source")
  func source() async throws {
    let outcome = try await Command.busbar(
      "decode", "sim:rec-q?speed=max&for=30s", "--format", "json", "--dialect", "rec")
    #expect(outcome.status == 0, "it says: \(outcome.errors)")
    #expect(outcome.output.contains(#""id":"351","message":"Limits""#))
  }

  @Test("--pty is an adapter on a bus, which hears nothing at a wrong bit rate")
  func adapter() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Command.shell(
      """
      "$BUSBAR" simulate 'rec-q?soc=42' --pty --bitrate 250000 >adapter 2>told & simulator=$!
      until [ -s adapter ]; do sleep 0.1; done
      listen() {
        timeout --preserve-status -s INT 8 "$BUSBAR" decode "slcan:$(cat adapter)?bitrate=$1" \
          --format json --dialect rec
      }
      listen 250000 2>&1 | grep -m1 '"id":"355"'
      listen 500000
      kill $simulator
      wait $simulator
      echo "status $?"
      cat told
      """, folder: folder.url)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first?.contains(#""values":{"state_of_charge":4"#) == true)
    #expect(lines.contains("status 0"), "it says: \(outcome.errors)")
    #expect(outcome.output.contains("opened with 500000 bit/s, which is not the bus's"))
    #expect(outcome.errors.contains(": 0 frames, 0 lost; "), "it says: \(outcome.errors)")
  }

  @Test(
    "bad input says where and ends with status 2",
    arguments: [
      (["simulate", "rec-q?cels=8", "--log", "-"], "column 11: no parameter is named 'cels'"),
      (["simulate"], "expected one of --log, --transmit, --pty"),
      (["simulate", "--log", "-", "--days", "-1"], "--days"),
      (
        ["simulate", "rec-q?profile=/no/such.yaml", "--log", "-"], "/no/such.yaml: no such profile"
      ),
      (["simulate", "rec-q?profile=van-dya", "--log", "-"], "did you mean 'van-day'?"),
      (["decode", "sim:rec-q?CMIN=3.9"], "CMIN (3.9 V) must be below CMAX (3.85 V)"),
      (["identify", "sim:nobody"], "no battery is named 'nobody'"),
      (["simulate", "--transmit", "nowhere9"], "nowhere9"),
      (["simulate", "--show", "nothing"], "none is named 'nothing'"),
    ])
  func badInput(arguments: [String], message: String) async throws {
    let words = arguments.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try await Command.shell("\"$BUSBAR\" \(words)")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(message), "it says: \(outcome.errors)")
  }
}
