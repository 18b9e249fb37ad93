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

  @Test("each is decoded with a dialect of its own, and no table mixes two batteries")
  func text() async throws {
    let folder = try Self.batteries()
    let outcome = try await Command.busbar("decode", "two.log", folder: folder.url)
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
    let folder = try Self.batteries()
    let outcome = try await Command.busbar(
      "decode", "--format", "json", "two.log", folder: folder.url)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 4 * 13)
    let states = lines.filter { $0.contains(#""state_of_charge""#) }
    #expect(
      states.filter { $0.contains(#""bus":"can0""#) && $0.contains(":50.00") }.count == 4)
    #expect(states.filter { $0.contains(#""bus":"can1""#) && $0.contains(":26") }.count == 4)
  }

  @Test("csv, whose columns are those of one dialect, asks for it")
  func csv() async throws {
    let folder = try Self.batteries()
    let undecided = try await Command.busbar(
      "decode", "--format", "csv", "two.log", folder: folder.url)
    #expect(undecided.status == 2)
    #expect(undecided.errors.contains("(can0, can1) may speak another; give the dialect"))
    let decided = try await Command.busbar(
      "decode", "--format", "csv", "--dialect", "victron", "two.log", folder: folder.url)
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
    let folder = try Self.batteries()
    let text = try await Command.busbar("identify", "two.log", folder: folder.url)
    #expect(text.status == 0)
    let parts = text.output.split(separator: "\n\n")
    #expect(parts.count == 2)
    #expect(parts.first?.hasPrefix("can0\nREC Q, firmware 2.6") == true)
    #expect(parts.last?.contains("Pylontech") == true)
    let json = try await Command.busbar("identify", "--json", "two.log", folder: folder.url)
    let objects = try json.output.split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
    #expect(objects.map { $0?["bus"] as? String } == ["can0", "can1"])
    #expect(objects.first??["dialect"] as? String == "rec")
    #expect((objects.last??["dialect"] as? String)?.hasPrefix("pylontech") == true)
  }

  @Test("the monitor tells of each battery")
  func monitor() async throws {
    let folder = try Self.batteries()
    let outcome = try await Command.busbar(
      "monitor", "--speed", "max", "two.log", folder: folder.url)
    #expect(outcome.status == 0)
    let last = try #require(outcome.output.split(separator: "\n").last)
    #expect(last.contains("can0: SOC 50.0 %, 26.10 V"))
    #expect(last.contains(" | can1: SOC 26.0 %, 49.42 V"))
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
}
