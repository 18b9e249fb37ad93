import BusbarTestSupport
import Foundation
import Testing

@Suite("busbar convert", .timeLimit(.minutes(3)))
struct ConvertTests {
  static let log = """
    (1735270496.916858) can0 351#1F01BC02E803E700
    (1735270496.917858) can1 18FF50E5#0102
    (1735270497.000300) can0 305#R8
    (1735270497.000600) can0 20000088#0000900000000000
    (1735270498.000000) can0 355#320064008813
    (1735270499.000000) can0 35F#11

    """

  @Test(
    "to another format and back, by the names of the files",
    arguments: ["b.pcapng", "b.blf", "b.log.gz", "b.log.zst", "b.pcapng.zst", "b.blf.gz"])
  func thereAndBack(name: String) async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("a.log", Data(Self.log.utf8))
    let there = try await Command.busbar("convert", "a.log", name, folder: folder.url)
    #expect(there.status == 0)
    #expect(there.errors == "a.log (candump): 6 frames written to \(name) (\(Self.format(name)))\n")
    let back = try await Command.busbar(
      "convert", name, "-", "--format", "candump", folder: folder.url)
    #expect(back.status == 0)
    #expect(back.output == Self.log)
  }

  private static func format(_ name: String) -> String {
    ["pcapng", "blf"].first { name.contains($0) } ?? "candump"
  }

  @Test("says what the format cannot hold")
  func omissions() async throws {
    let outcome = try await Command.busbar(
      "convert", "-", "-", "--to", "pcap", input: Data(Self.log.utf8))
    #expect(outcome.status == 0)
    #expect(
      outcome.errorLines == [
        "standard output: what pcap cannot hold: which of several buses a frame is of: 6",
        "standard input (candump): 6 frames written to standard output (pcap)",
      ])
  }

  /// Options, and the identifiers that they leave.
  struct Selection: Sendable, CustomTestStringConvertible {
    var options: [String]
    var identifiers: [String]
    var testDescription: String { options.joined(separator: " ") }
  }

  @Test(
    "selects",
    arguments: [
      Selection(options: ["--id", "351,355"], identifiers: ["351", "355"]),
      Selection(options: ["--id", "355-35f"], identifiers: ["355", "35F"]),
      Selection(options: ["--id", "18FF50E5,305"], identifiers: ["18FF50E5", "305"]),
      Selection(options: ["--id", "0x18FF0000-18FFFFFF"], identifiers: ["18FF50E5"]),
      Selection(options: ["--bus", "can1"], identifiers: ["18FF50E5"]),
      Selection(options: ["--from", "+1s"], identifiers: ["355", "35F"]),
      Selection(options: ["--from", "1735270498"], identifiers: ["355", "35F"]),
      Selection(options: ["--until", "+2ms"], identifiers: ["351", "18FF50E5"]),
      Selection(options: ["--to", "+1ms"], identifiers: ["351"]),
      Selection(
        options: ["--from", "2024-12-27T03:34:57Z", "--to", "2024-12-27T04:34:58+01:00"],
        identifiers: ["305", "20000088"]),
      Selection(
        options: ["--from", "1735270496.917", "--until", "+90ms", "--bus", "can0"],
        identifiers: ["305", "20000088"]),
    ])
  func selects(_ selection: Selection) async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("a.log", Data(Self.log.utf8))
    let options = selection.options.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try await Command.shell(
      "\"$BUSBAR\" convert a.log - --format candump \(options)", folder: folder.url)
    #expect(outcome.status == 0)
    let identifiers = outcome.output.split(separator: "\n").map { line in
      String(line.split(separator: " ")[2].prefix { $0 != "#" })
    }
    #expect(identifiers == selection.identifiers)
    #expect(outcome.errors.contains("\(identifiers.count) of 6 frames"))
  }

  /// A wrong use, its exit status, and words of the message.
  struct Refusal: Sendable, CustomTestStringConvertible {
    var arguments: String
    var status: Int32
    var message: String
    var testDescription: String { arguments }
  }

  @Test(
    "refuses in one line, and leaves no file",
    arguments: [
      Refusal(arguments: "a.log there.log", status: 2, message: "exists already; --force"),
      Refusal(arguments: "a.log out.csv", status: 2, message: "gvret, python-can, cabana"),
      Refusal(arguments: "a.log out", status: 2, message: "does not tell the format"),
      Refusal(arguments: "a.log -", status: 2, message: "does not tell the format"),
      Refusal(arguments: "a.log . --format asc", status: 2, message: "a directory"),
      Refusal(arguments: "a.log no/such/out.log", status: 3, message: "No such file or directory"),
      Refusal(arguments: "missing.log out.log", status: 2, message: "no such file"),
      Refusal(arguments: "empty.log out.log", status: 1, message: "no frames: it is empty"),
      Refusal(arguments: "a.log out.log --bus can7", status: 1, message: "its buses: can0, can1"),
      Refusal(arguments: "a.log out.log --id 35G", status: 2, message: "--id"),
      Refusal(arguments: "a.log out.log --id 35F-351", status: 2, message: "--id"),
      Refusal(
        arguments: "a.log out.log --from 2024-12-27T03:34:57", status: 2, message: "--from"),
      Refusal(
        arguments: "a.log out.log --to +1s --until +2s", status: 2, message: "given twice"),
      Refusal(arguments: "a.log out.log --utc-offset 25", status: 2, message: "-14 to 14"),
      Refusal(
        arguments: "a.log out.log --input-format elf", status: 2, message: "--input-format"),
      Refusal(
        arguments: "a.log out.log --input-format pcap", status: 1,
        message: "a.log: record 1 at byte 0: not the head of a file in this format"),
    ])
  func refuses(_ refusal: Refusal) async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("a.log", Data(Self.log.utf8))
    _ = try folder.file("there.log", Data("precious".utf8))
    _ = try folder.file("empty.log", Data())
    let outcome = try await Command.shell(
      "\"$BUSBAR\" convert \(refusal.arguments)", folder: folder.url)
    #expect(outcome.status == refusal.status)
    #expect(outcome.errors.contains(refusal.message), "it says: \(outcome.errors)")
    #expect(!outcome.errors.contains("Fatal error"))
    #expect(
      try Self.names(folder) == ["a.log", "empty.log", "there.log"])
    let precious = try String(contentsOf: folder.url.appending(path: "there.log"), encoding: .utf8)
    #expect(precious == "precious")
  }

  @Test("--force replaces, also the log itself")
  func force() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("a.log", Data(Self.log.utf8))
    let outcome = try await Command.busbar(
      "convert", "--force", "a.log", "a.log", "--bus", "can1", folder: folder.url)
    #expect(outcome.status == 0)
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text == "(1735270496.917858) can1 18FF50E5#0102\n")
    #expect(try Self.names(folder) == ["a.log"])
  }

  @Test("a full disk is status 3, and leaves nothing that looks whole")
  func fullDisk() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("a.log", Data(Self.log.utf8))
    let device = try await Command.shell(
      "\"$BUSBAR\" convert a.log /dev/full --format candump", folder: folder.url)
    #expect(device.status == 3)
    #expect(device.errors.contains("/dev/full: cannot be written: No space left on device"))
    // The kernel counts in KiB here; the signal that would end the program is ignored, as by nohup.
    let limited = try await Command.shell(
      "for i in {1..400}; do cat a.log; done > b.log; trap '' XFSZ; ulimit -f 8; "
        + "\"$BUSBAR\" convert b.log out.log", folder: folder.url)
    #expect(limited.status == 3)
    #expect(limited.errors.contains("out.log: cannot be written: File too large"))
    #expect(try Self.names(folder) == ["a.log", "b.log"])
  }

  @Test("an interrupted file is not written, interrupted standard input is")
  func interrupted() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("a.log", Data(Self.log.utf8))
    let outcome = try await Command.shell(
      """
      mkfifo pipe; (cat a.log; exec sleep 60) >pipe & feeder=$!
      "$BUSBAR" convert - live.log <pipe & busbar=$!
      for i in {1..300}; do [ -s live.log.part-$busbar ] || [ -e live.log ] && break; sleep 0.1; \
      [ $i = 5 ] && kill -INT $busbar; done
      kill -INT $busbar 2>/dev/null; wait $busbar; echo $?; kill -KILL $feeder
      """, folder: folder.url)
    #expect(outcome.output == "0\n", "it says: \(outcome.errors)")
    let text = try String(
      contentsOf: folder.url.appending(path: "live.log"), encoding: .utf8)
    #expect(text == Self.log)
  }

  @Test("a reader that has enough is no fault")
  func closedPipe() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("a.log", Data(Self.log.utf8))
    let outcome = try await Command.shell(
      "for i in {1..20000}; do echo '(1735270499.000000) can0 35F#11'; done > b.log; "
        + "\"$BUSBAR\" convert b.log - --format candump | head -n 1; echo ${PIPESTATUS[0]}",
      folder: folder.url)
    #expect(outcome.output == "(1735270499.000000) can0 35F#11\n0\n")
  }

  @Test("rejections are said, and --strict makes them count")
  func strict() async throws {
    let input = Data((Self.log + "noise\n").utf8)
    let plain = try await Command.busbar("convert", "-", "-", "--to", "candump", input: input)
    #expect(plain.status == 0)
    #expect(plain.output == Self.log)
    #expect(plain.errorLines.first == "standard input:7:1: no CAN frame in this line: 'noise'")
    let strict = try await Command.busbar(
      "convert", "-", "-", "--to", "candump", "--strict", input: input)
    #expect(strict.status == 1)
  }

  @Test("dates without a zone are said once, and --utc-offset gives them one")
  func zone() async throws {
    let input = Data(" (2024-12-27 04:34:56.916858)  can0  351   [1]  1F\n".utf8)
    let utc = try await Command.busbar("convert", "-", "-", "--to", "candump", input: input)
    #expect(utc.output == "(1735274096.916858) can0 351#1F\n")
    #expect(
      utc.errorLines.first
        == "standard input: its dates name no zone and are taken as UTC; --utc-offset sets another")
    let berlin = try await Command.busbar(
      "convert", "-", "-", "--to", "candump", "--utc-offset", "1", input: input)
    #expect(berlin.output == "(1735270496.916858) can0 351#1F\n")
    #expect(berlin.errors.contains("are taken as UTC+01:00"))
  }

  private static func names(_ folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).sorted()
  }
}
