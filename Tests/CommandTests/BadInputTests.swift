import BusbarTestSupport
import Foundation
import Testing

@Suite("Bad input ends in one clear line and the right status", .timeLimit(.minutes(3)))
struct BadInputTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var input = ""
    var status: Int32
    var message: String
    var testDescription: String
  }

  @Test(
    "a wrong command",
    arguments: [
      Row(
        arguments: ["decode", "/no/such/file.log"], status: 2, message: "/no/such/file.log",
        testDescription: "a missing file"),
      Row(
        arguments: ["decode", "/tmp"], status: 2, message: "/tmp", testDescription: "a folder"),
      Row(
        arguments: ["decode", "banana"], status: 2, message: "banana",
        testDescription: "neither a file nor an interface"),
      Row(
        arguments: ["decode", "slcan:/no/such/tty"], status: 2,
        message: "/no/such/tty: no such device", testDescription: "an adapter that is not there"),
      Row(
        arguments: ["decode", "slcan:/dev/ttyACM0?bitrat=250000"], status: 2,
        message: "no setting 'bitrat' is known; did you mean 'bitrate='?",
        testDescription: "a misspelt setting of an adapter"),
      Row(
        arguments: ["identify", "can0", "can1"], status: 2,
        message: "one bus is identified at a time",
        testDescription: "several buses to identify"),
      Row(
        arguments: ["decode", "--format", "csv", "Examples/a.log", "Examples/b.log"], status: 2,
        message: "/a.log: no such file", testDescription: "several files that are not there"),
      Row(
        arguments: ["decode", "--dialect", "victorn", "-"], status: 2,
        message: "no dialect is named 'victorn'; did you mean 'victron'?",
        testDescription: "an unknown dialect"),
      Row(
        arguments: ["decode", "--dialect", "/no/such.dbc", "-"], status: 2,
        message: "/no/such.dbc: no such DBC file", testDescription: "a missing DBC file"),
      Row(
        arguments: ["decode"], status: 2, message: "source", testDescription: "no source at all"),
      Row(
        arguments: ["decode", "--frmat", "json", "-"], status: 2, message: "--format",
        testDescription: "a misspelt option"),
      Row(
        arguments: ["run", "--source", "-", "--signalk", "http//x"], status: 2, message: "http//x",
        testDescription: "a wrong URL"),
      Row(
        arguments: ["run", "--source", "-", "--signalk", "stdout", "--battery-id", "my house"],
        status: 2, message: "my house", testDescription: "a battery id with a blank"),
      Row(
        arguments: ["decode", "-"], status: 1, message: "standard input: no frames",
        testDescription: "an empty log"),
      Row(
        arguments: ["decode", "-"], input: "\0\u{1}\u{2}ELF\0\n\0\0", status: 1,
        message: "standard input:1:1: not text", testDescription: "a binary file"),
    ])
  func wrongCommand(_ row: Row) async throws {
    let outcome = try await run(row.arguments, row.input)
    #expect(outcome.status == row.status)
    #expect(outcome.errors.contains(row.message), "it says: \(outcome.errors)")
    #expect(!outcome.errors.contains("Fatal error"))
  }

  @Test(
    "a broken DBC file says where",
    arguments: [
      ("BO_ 256 Engine 8 A\n", "broken.dbc:1:16: found '8', expected ':'"),
      (
        "BO_ 256 Engine: 8 A\nCM_ \"no end\n",
        "broken.dbc:2:5: the text that begins here has no closing quote"
      ),
      ("<html>", "broken.dbc: not a DBC file"),
      (
        "BO_ 256 Engine: 1 A\n SG_ Speed : 0|16@1+ (1,0) [0|1] \"\" A\n",
        "signal 'Speed' reaches bit 15, but message 'Engine' has 1 byte"
      ),
    ])
  func brokenDBC(text: String, message: String) async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("broken.dbc", Data(text.utf8))
    let outcome = try await Command.busbar(
      "decode", "--dialect", "broken.dbc", "-", folder: folder.url)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(message), "it says: \(outcome.errors)")
    #expect(outcome.errorLines.count == 1)
  }

  @Test("a log that is cut in the middle of a line keeps the rest")
  func cutLog() async throws {
    let log = "(1617901200.1) can0 351#1F01BC02E803E700\n(1617901200.2) can0 355#32006"
    let outcome = try await Command.busbar(
      "decode", "--format", "json", "--dialect", "rec", "-", input: Data(log.utf8))
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n").count == 1)
    #expect(outcome.errors.contains("standard input:2:"))
  }

  @Test("bytes that are no UTF-8 stop nothing")
  func invalidUTF8() async throws {
    let log =
      Data([0xFF, 0xFE, 0x0A]) + Data("can0 351 [2] 1F 01 '\u{2018}".utf8) + Data([0xC3, 0x0A])
    let outcome = try await Command.busbar(
      "decode", "--format", "json", "--dialect", "rec", "-", input: log)
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n").count == 1)
  }

  @Test("a line of a gigabyte is skipped in constant memory")
  func endlessLine() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Command.shell(
      """
      mkfifo pipe
      (head -c 1000000000 /dev/zero | tr '\\0' x; echo; echo 351#1F01) > pipe &
      "$BUSBAR" decode --format json --dialect rec - < pipe > out &
      while grep VmHWM /proc/$!/status 2>/dev/null > now; do mv now peak; sleep 0.1; done
      wait $!; status=$?; cat out; grep -o '[0-9]*' peak; exit $status
      """, folder: folder.url)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains(#""charge_voltage_limit":28.7"#))
    #expect(outcome.errors.contains("longer than 65536 bytes"))
    let kilobytes = try #require(outcome.output.split(separator: "\n").last.flatMap { Int($0) })
    // Address Sanitizer keeps what was freed for a while.
    let isSanitized = ProcessInfo.processInfo.environment["ASAN_OPTIONS"] != nil
    #expect(kilobytes < (isSanitized ? 120_000 : 60_000))
  }

  @Test("a reader that has enough ends it quietly")
  func closedPipe() async throws {
    let outcome = try await Command.shell(
      "(yes 'can0 351 [8] 1F 01 BC 02 E8 03 E7 00' | head -n 200000) 2>/dev/null "
        + "| \"$BUSBAR\" decode --format json --dialect rec - | head -1; echo ${PIPESTATUS[1]}")
    #expect(outcome.output.hasSuffix("}}\n0\n"))
    #expect(outcome.errors.isEmpty, "it says: \(outcome.errors)")
  }

  @Test("Ctrl-C and SIGTERM end it at once", arguments: ["INT", "TERM"])
  func signals(name: String) async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Command.shell(
      """
      mkfifo pipe
      "$BUSBAR" decode --format json --dialect rec - < pipe > out & exec 3> pipe
      echo 351#1F01 >&3
      until [ -s out ]; do sleep 0.05; done
      kill -\(name) $!
      for i in $(seq 100); do kill -0 $! 2>/dev/null || break; sleep 0.05; done
      kill -0 $! 2>/dev/null && kill -9 $!
      wait $!; status=$?; cat out; echo $status
      """,
      folder: folder.url)
    #expect(outcome.output.contains("charge_voltage_limit"))
    #expect(outcome.output.hasSuffix("\n0\n"), "it says: \(outcome.output) \(outcome.errors)")
  }

  private func run(_ arguments: [String], _ input: String) async throws -> Command.Outcome {
    let folder = try TemporaryFolder()
    let file = try folder.file("in", Data(input.utf8))
    let words = arguments.map { "'\($0)'" }.joined(separator: " ")
    return try await Command.shell("\"$BUSBAR\" \(words) < '\(file.path())'")
  }
}
