import BusbarTestSupport
import Foundation
import Testing

@Suite("busbar decode of several logs", .timeLimit(.minutes(3)))
struct SeveralLogsTests {
  /// Two rounds of two frames, a second apart, beginning so many microseconds after a second.
  static func log(from offset: Int, charge: String) -> String {
    (0..<2).map { round in
      let time = "(\(1_735_270_496 + round).\(String(1_000_000 + offset).dropFirst()))"
      return "\(time) can0 351#1F01BC02E803E700\n\(time) can0 355#\(charge)\n"
    }.joined()
  }

  static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try folder.file("a.log", Data(Self.log(from: 100_000, charge: "320064008813").utf8))
    _ = try folder.file(
      "b.log", Data((Self.log(from: 600_000, charge: "28006400A00F") + "noise\n").utf8))
    return folder
  }

  @Test("csv has the titles once and a row for each bus's rounds, given a dialect")
  func csv() async throws {
    let folder = try Self.folder()
    let outcome = try await Command.busbar(
      "decode", "--format", "csv", "--dialect", "rec", "a.log", "b.log", folder: folder.url)
    #expect(outcome.status == 0)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("time,bus,") }.count == 1)
    #expect(lines.first?.hasPrefix("time,bus,") == true)
    for (bus, charge) in [("a.log:can0", "50.00"), ("b.log:can0", "40.00")] {
      let rows = lines.filter { $0.contains(",\(bus),") }
      #expect(rows.count == 2)
      #expect(rows.allSatisfy { $0.contains(",\(charge),") })
    }
    let undecided = try await Command.busbar(
      "decode", "--format", "csv", "a.log", "b.log", folder: folder.url)
    #expect(undecided.status == 2)
    #expect(undecided.errors.contains("give the dialect with --dialect"))
  }

  @Test("a speed holds for all of them, and each stays in order")
  func speed() async throws {
    let folder = try Self.folder()
    let outcome = try await Command.busbar(
      "decode", "--format", "json", "--dialect", "rec", "--speed", "20", "a.log", "b.log",
      folder: folder.url)
    #expect(outcome.status == 0)
    // What comes within one read is written bus by bus.
    let lines = outcome.output.split(separator: "\n").map(String.init)
    for bus in ["a.log:can0", "b.log:can0"] {
      let times = lines.filter { $0.contains("\"\(bus)\"") }.map { $0.prefix(38) }
      #expect(times.count == 4)
      #expect(times == times.sorted())
    }
  }

  @Test("--strict ends with status 1 if a line of one of them is no frame")
  func strict() async throws {
    let folder = try Self.folder()
    let outcome = try await Command.busbar(
      "decode", "--format", "json", "--dialect", "rec", "--strict", "a.log", "b.log",
      folder: folder.url)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("b.log:5:1: no CAN frame in this line: 'noise'"))
    #expect(
      outcome.errorLines.last == "busbar: a.log, b.log: 1 line is no frame, and --strict was given")
    #expect(outcome.output.split(separator: "\n").count == 8)
  }

  @Test("a summary is made of each, below its name")
  func summary() async throws {
    let folder = try Self.folder()
    let outcome = try await Command.busbar(
      "decode", "--format", "summary", "--dialect", "rec", "a.log", "b.log", folder: folder.url)
    #expect(outcome.status == 0)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.filter { $0.hasSuffix(".log") } == ["a.log", "b.log"])
    #expect(lines.filter { $0 == "4 frames, 4 of them decoded" }.count == 2)
  }

  @Test("of buses neither a speed nor strictness can be asked")
  func buses() async throws {
    for option in [["--speed", "1"], ["--strict"]] {
      let words = ["decode"] + option + ["cannelloni://:29001", "cannelloni://:29002"]
      let outcome = try await Command.shell("\"$BUSBAR\" " + words.joined(separator: " "))
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("--speed and --strict are for logs"))
    }
  }
}
