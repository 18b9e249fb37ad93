import BusbarTestSupport
import Foundation
import Testing

@Suite("A log with several buses", .timeLimit(.minutes(3)))
struct SeveralBusesTests {
  static let rec = [
    "380#31512D3138343500", "351#1F01BC02E803E700", "355#320064008813", "356#320A00002701",
    "35A#A8A082000000800A", "35E#5245432D424D5300", "35F#0000020664000000",
  ]
  static let pylontech = [
    "351#1402740E740ECC01", "355#1A006400", "356#4E1302030405", "359#000000000A504E", "35C#C000",
    "35E#50594C4F4E202020",
  ]
  /// Engine speed and fluid level, as NMEA 2000 has them.
  static let engine = ["0CF00400#FFFFFF6813FFFFFF", "19F21105#00A00F000FFFFFFF"]

  /// Four rounds of each bus's frames, a second apart, the buses taking turns frame by frame.
  static func log(_ buses: [(name: String, frames: [String])]) -> String {
    (0..<4).map { round in
      (0..<7).map { index in
        buses.enumerated().compactMap { place, bus in
          guard index < bus.frames.count else { return nil }
          let fraction = String(1_000_000 + index * 100_000 + place * 1000).dropFirst()
          return "(\(1_735_270_496 + round).\(fraction)) \(bus.name) \(bus.frames[index])\n"
        }.joined()
      }.joined()
    }.joined()
  }

  static func batteries() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try folder.file("two.log", Data(log([("can0", rec), ("can1", pylontech)]).utf8))
    return folder
  }

  /// Runs a command on the log of two batteries.
  static func onTwoBatteries(_ arguments: String...) async throws -> Command.Outcome {
    let folder = try batteries()
    defer { withExtendedLifetime(folder) {} }
    return try await Command.busbar(arguments + ["two.log"], folder: folder.url)
  }

  @Test("each is decoded with a dialect of its own, and no table mixes two batteries")
  func text() async throws {
    let outcome = try await Self.onTwoBatteries("decode")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("can0: dialect rec "))
    #expect(outcome.errors.contains("can1: dialect pylontech"))
    let rows = outcome.output.split(separator: "\n").filter { $0.contains("2024-12-27T") }
    #expect(rows.filter { $0.hasPrefix("can0 ") && $0.contains("26.10") }.count == 4)
    #expect(rows.filter { $0.hasPrefix("can1 ") && $0.contains("49.42") }.count == 4)
    #expect(rows.count == 8)
  }

  @Test("json has every frame, each as its own bus's dialect has it")
  func json() async throws {
    let outcome = try await Self.onTwoBatteries("decode", "--format", "json")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 4 * 13)
    #expect(lines.map { $0.prefix(38) } == lines.map { $0.prefix(38) }.sorted())
    let states = lines.filter { $0.contains(#""state_of_charge""#) }
    #expect(
      states.filter { $0.contains(#""bus":"can0""#) && $0.contains(":50.00") }.count == 4)
    #expect(states.filter { $0.contains(#""bus":"can1""#) && $0.contains(":26") }.count == 4)
  }

  @Test("csv, whose columns are those of one dialect, asks for it")
  func csv() async throws {
    let undecided = try await Self.onTwoBatteries("decode", "--format", "csv")
    #expect(undecided.status == 2)
    #expect(undecided.errors.contains("(can0, can1) may speak another; give the dialect"))
    let decided = try await Self.onTwoBatteries(
      "decode", "--format", "csv", "--dialect", "victron")
    #expect(decided.status == 0)
    let lines = decided.output.split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("time,bus,") }.count == 1)
    for bus in ["can0", "can1"] { #expect(lines.filter { $0.contains(",\(bus),") }.count == 4) }
  }

  @Test("a summary has a table for each, the same with one thread and with several")
  func summary() async throws {
    let folder = try Self.batteries()
    let outcome = try await Command.busbar(
      "decode", "--format", "summary", "two.log", folder: folder.url)
    #expect(outcome.status == 0)
    let parts = outcome.output.split(separator: "\n\n")
    #expect(parts.count == 2)
    #expect(parts.first?.hasPrefix("can0\nquantity") == true)
    #expect(parts.first?.contains("26.10") == true && parts.first?.contains("49.42") == false)
    #expect(parts.last?.hasPrefix("can1\nquantity") == true)
    #expect(parts.last?.contains("49.42") == true && parts.last?.contains("26.10") == false)
    // Large enough to be cut, and with a bus that is silent in the first parts.
    let first = String(repeating: Self.log([("can0", Self.rec)]), count: 800)
    let whole =
      Self.log([("can0", Self.rec), ("can1", Self.pylontech)]) + first
      + String(repeating: Self.log([("can1", Self.pylontech)]), count: 800)
    let large = try folder.file("large.log", Data(whole.utf8)).path
    let one = try await Command.busbar("decode", "--format", "summary", "--threads", "1", large)
    let four = try await Command.busbar("decode", "--format", "summary", "--threads", "4", large)
    #expect(one.status == 0)
    #expect(one.output == four.output)
    #expect(one.output.contains("\(801 * 28) frames, \(801 * 28) of them decoded"))
    #expect(one.output.contains("\(801 * 24) frames, \(801 * 24) of them decoded"))
  }

  @Test("a bus without a battery is left out of a summary, and that is said")
  func otherBus() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file(
      "van.log", Data(Self.log([("can0", Self.rec), ("can1", Self.engine)]).utf8))
    let outcome = try await Command.busbar(
      "decode", "--format", "summary", "van.log", folder: folder.url)
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("8 frames are not summed up: no dialect was found for can1"))
    #expect(outcome.output.contains("28 frames, 28 of them decoded"))
  }

  @Test("each is identified for itself")
  func identify() async throws {
    let text = try await Self.onTwoBatteries("identify")
    #expect(text.status == 0)
    let parts = text.output.split(separator: "\n\n")
    #expect(parts.count == 2)
    #expect(parts.first?.hasPrefix("can0\nREC Q, firmware 2.6") == true)
    #expect(parts.last?.contains("Pylontech") == true)
    let json = try await Self.onTwoBatteries("identify", "--json")
    let objects = try json.output.split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
    #expect(objects.map { $0?["bus"] as? String } == ["can0", "can1"])
    #expect(objects.first??["dialect"] as? String == "rec")
    #expect((objects.last??["dialect"] as? String)?.hasPrefix("pylontech") == true)
  }

  @Test("a recording of it is followed in order, each bus in its own dialect")
  func follow() async throws {
    let folder = try Self.batteries()
    let imported = try await Command.busbar(
      "import", "two.log", "--store", "two.busbar", folder: folder.url)
    #expect(imported.status == 0)
    let outcome = try await Command.busbar(
      "follow", "test", "--store", "two.busbar", "--format", "json", folder: folder.url)
    #expect(outcome.status == 0)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 4 * 13)
    let times = lines.map { $0.prefix(38) }
    #expect(times == times.sorted())
    #expect(lines.filter { $0.contains(#""bus":"can0""#) && $0.contains(":50.00") }.count == 4)
    #expect(lines.filter { $0.contains(#""bus":"can1""#) && $0.contains(":49.42") }.count == 4)
  }

  @Test("frames of a bus without a battery are followed too, once")
  func followOther() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file(
      "van.log", Data(Self.log([("can0", Self.rec), ("can1", Self.engine)]).utf8))
    _ = try await Command.busbar(
      "import", "van.log", "--store", "van.busbar", folder: folder.url)
    let arguments = ["follow", "test", "--store", "van.busbar", "--format", "json"]
    let first = try await Command.busbar(arguments, folder: folder.url)
    #expect(first.output.split(separator: "\n").count == 36)
    #expect(first.output.split(separator: "\n").count { $0.contains(#""message":null"#) } == 8)
    #expect(try await Command.busbar(arguments, folder: folder.url).output.isEmpty)
  }

  /// A log with one bus first, so many rounds of it, and then another.
  static func lateLog(_ frames: [String]) -> String {
    String(repeating: log([("can0", rec)]), count: 400) + log([("can1", frames)])
  }

  @Test("a battery that is heard late is summed up like any other")
  func lateBus() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("late.log", Data(Self.lateLog(Self.pylontech).utf8))
    let outcome = try await Command.busbar(
      "decode", "--format", "summary", "late.log", folder: folder.url)
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("can1: dialect pylontech"))
    #expect(outcome.output.contains("24 frames, 24 of them decoded"))
    #expect(!outcome.errors.contains("not summed up"))
    // Some signals depend on the product, which is learnt for each bus.
    _ = try folder.file("same.log", Data(Self.lateLog(Self.rec).utf8))
    let same = try await Command.busbar(
      "decode", "--format", "summary", "--dialect", "rec", "same.log", folder: folder.url)
    let tables = same.output.split(separator: "\n\n").map { $0.split(separator: "\n") }
    #expect(tables.count == 2)
    #expect(
      tables.first?.map { $0.prefix(30) }.dropFirst().dropLast()
        == tables.last?.map { $0.prefix(30) }.dropFirst().dropLast())
  }

  /// A busy battery, and another one that starts half an hour later, of which one frame came early.
  static let lateAfterOne =
    log([("can1", pylontech)]) + "(1735270500.000000) can0 351#1F01BC02E803E700\n"
    + (1..<600).map { second in
      pylontech.enumerated().map { place, frame in
        "(\(1_735_270_500 + second).\(100_000 + 1000 * place)) can1 \(frame)\n"
      }.joined()
    }.joined()
    + (2000..<2060).map { second in
      rec.enumerated().map { place, frame in
        "(\(1_735_270_500 + second).\(100_000 + 1000 * place)) can0 \(frame)\n"
      }.joined()
    }.joined()

  @Test("a battery of which one frame was heard early is understood when it speaks")
  func lateAfterOneFrame() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("late.log", Data(Self.lateAfterOne.utf8))
    for arguments in [["decode"], ["follow", "test", "--store", "late.busbar"]] {
      if arguments.first == "follow" {
        _ = try await Command.busbar(
          ["import", "late.log", "--store", "late.busbar"], folder: folder.url)
      }
      let outcome = try await Command.busbar(
        arguments + ["--format", "json"] + (arguments.count == 1 ? ["late.log"] : []),
        folder: folder.url)
      let lines = outcome.output.split(separator: "\n").filter { $0.contains(#""bus":"can0""#) }
      #expect(lines.count == 421)
      #expect(!lines.contains { $0.contains(#""message":null"#) }, "\(arguments)")
    }
    let summary = try await Command.busbar(
      "decode", "--format", "summary", "late.log", folder: folder.url)
    #expect(summary.output.contains("421 frames, 421 of them decoded"))
    #expect(!summary.errors.contains("not summed up"))
  }

  @Test("frames that were lost are those of their own bus")
  func losses() async throws {
    let folder = try TemporaryFolder()
    let log =
      Self.log([("can0", Self.rec), ("can1", Self.pylontech)])
      + "DROPCOUNT: dropped 7 CAN frames on 'can1' socket (total drops 7)\n"
    _ = try folder.file("lost.log", Data(log.utf8))
    let outcome = try await Command.busbar("decode", "lost.log", folder: folder.url)
    #expect(outcome.errors.contains("can0: 28 frames, 0 lost"))
    #expect(outcome.errors.contains("can1: 24 frames, 7 lost"))
  }

  @Test("csv begins with its titles, whichever bus is the busier one")
  func csvTitles() async throws {
    let folder = try TemporaryFolder()
    let busy = String(repeating: Self.log([("can1", Self.rec)]), count: 100)
    _ = try folder.file(
      "busy.log", Data(("(1735270490.0) can0 355#320064008813\n" + busy).utf8))
    let outcome = try await Command.busbar(
      "decode", "--format", "csv", "--dialect", "victron", "busy.log", folder: folder.url)
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("time,bus,"))
    #expect(outcome.output.split(separator: "\n").count { $0.hasPrefix("time,bus,") } == 1)
  }

  @Test("a bus that only has errors is none, and its errors are told")
  func errorsElsewhere() async throws {
    let folder = try TemporaryFolder()
    let log = "(1735270490.0) can1 20000088#0000040000000000\n" + Self.log([("can0", Self.rec)])
    _ = try folder.file("errors.log", Data(log.utf8))
    let outcome = try await Command.busbar(
      "decode", "--format", "csv", "errors.log", folder: folder.url)
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n").count == 5)
    #expect(outcome.errors.contains("can1: error frame: "))
  }

  @Test("a summary of a pipe is refused, since it is read twice")
  func pipe() async throws {
    let outcome = try await Command.shell(
      "$BUSBAR decode --format summary <(echo '(1735270490.0) can0 355#320064008813')")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("a summary reads the log more than once, and this is a pipe"))
  }

  @Test("names are whatever stands where an interface's name does")
  func longNames() async throws {
    let folder = try TemporaryFolder()
    let buses = [("/dev/ttyACM0@115200", Self.rec), ("/dev/ttyACM1@115200", Self.pylontech)]
    _ = try folder.file("ports.log", Data(Self.log(buses.map { (name: $0, frames: $1) }).utf8))
    let outcome = try await Command.busbar("decode", "ports.log", folder: folder.url)
    for (name, _) in buses { #expect(outcome.output.contains("\n\(name) 2024")) }
  }

  @Test("many buses are no more work than their frames, and each is told")
  func manyBuses() async throws {
    let folder = try TemporaryFolder()
    let buses = (0..<60).map { (name: "bus\($0)", frames: Self.rec) }
    _ = try folder.file("many.log", Data(Self.log(buses).utf8))
    let outcome = try await Command.busbar("decode", "many.log", folder: folder.url)
    #expect(outcome.status == 0)
    for (name, _) in buses { #expect(outcome.output.contains("\n\(name) ")) }
    #expect(
      try await Command.busbar("monitor", "--speed", "max", "many.log", folder: folder.url).status
        == 0)
  }
}
