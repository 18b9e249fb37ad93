import BusbarTestSupport
import Foundation
import Testing

@Suite("busbar dialects and identify", .timeLimit(.minutes(3)))
struct DialectsTests {
  @Test("lists every dialect with its bit rates")
  func list() async throws {
    let outcome = try await Command.busbar("dialects")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("rec           250/500 kbit/s             REC BMS"))
    #expect(outcome.output.split(separator: "\n").count >= 20)
  }

  @Test("draws a message's bits")
  func bits() async throws {
    let outcome = try await Command.busbar("dialects", "show", "discover", "--bits")
    #expect(outcome.output.contains("0x35A Alarms, 7 bytes, from the battery"))
    #expect(outcome.output.contains("bit    7 6 5 4 3 2 1 0\n  byte 0"))
  }

  @Test("prints a dialect's own DBC file, which is a dialect again")
  func dbc() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Command.busbar("dialects", "show", "rec", "--dbc")
    let path = try folder.file("mine.dbc", Data(outcome.output.utf8)).path()
    let check = try await Command.busbar("dialects", "check", path)
    #expect(check.status == 0, "it says: \(check.output)")
    #expect(check.output.contains("messages"))
  }

  @Test("says what to look at in a file")
  func check() async throws {
    let folder = try TemporaryFolder()
    let dbc = """
      VERSION ""
      BO_ 256 Engine: 8 A
       SG_ Speed : 0|16@1+ (0.25,0) [0|0] "rpm" A
       SG_ Load : 8|8@1+ (1,0) [0|0] "%" A
      CM_ SG_ 257 Speed "elsewhere";
      """
    let path = try folder.file("car.dbc", Data(dbc.utf8)).path()
    let outcome = try await Command.busbar("dialects", "check", path)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("signals 'Speed' and 'Load' of 'Engine' share bits"))
    #expect(outcome.output.contains("CM_ names message 257"))
  }

  @Test(
    "identify tells what is on a bus",
    arguments: [
      (
        DecodeTests.capture,
        "REC Q, firmware 2.6: REC BMS, Victron-compatible firmware (dialect rec), 9"
      ),
      (
        (0x031...0x038).map { String(format: "%03X#0011223344556677", $0) }.joined(separator: "\n"),
        "REC BMS, own CAN schema (dialect rec-native)"
      ),
      ("19F21401#00\n19F20501#00\n09F80102#00\n0DF20600#00", "this is NMEA 2000"),
      ("0CF00400#00\n18FEF100#00\n18FEEE00#00", "this is J1939"),
      ("7DF#02010C0000000000\n7E8#04410C0000000000", "this is OBD diagnostics"),
    ])
  func identify(log: String, headline: String) async throws {
    let outcome = try await Command.busbar("identify", "-", input: Data(log.utf8))
    #expect(outcome.status == 0)
    let first = try #require(outcome.output.split(separator: "\n").first)
    #expect(first.contains(headline), "it says: \(outcome.output)")
    let json = try await Command.busbar("identify", "--json", "-", input: Data(log.utf8))
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(object?["probability"] is Double)
  }

  @Test("nothing on the bus is said, with what to do, and is no success")
  func silence() async throws {
    let outcome = try await Command.busbar("identify", "-")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("Nothing was heard."))
    #expect(outcome.output.contains("bit rate"))
  }

  @Test("what of a log was no frame is said, and nothing of wires if there was none")
  func logWithoutFrames() async throws {
    let input = Data("noise\n".utf8)
    let outcome = try await Command.busbar("identify", "-", input: input)
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errorLines.first?.hasPrefix("standard input:1:1: no CAN frame") == true)
    #expect(outcome.errors.contains("no frames in 1 line; expected a log of candump, Vector"))
  }

  @Test("a summary is the same on one core and on several, and as a second way sees it")
  func summary() async throws {
    let folder = try TemporaryFolder()
    var log = ""
    for index in 0..<60_000 {
      log += "(16179\(String(format: "%05d", index)).000000) can0 351#"
      log += String(format: "%02X%02X", index & 0xFF, index >> 8 & 0xFF) + "BC02E803E700\n"
    }
    let path = try folder.file("long.log", Data(log.utf8)).path()
    let one = try await Command.busbar(
      "decode", "--format", "summary", "--dialect", "rec", "--threads", "1", path)
    let two = try await Command.busbar(
      "decode", "--format", "summary", "--dialect", "rec", "--threads", "2", path)
    #expect(one.output == two.output)
    let row = try #require(
      one.output.split(separator: "\n").first { $0.hasPrefix("charge_voltage") })
    let columns = row.split(separator: " ").dropFirst().map(String.init)
    let values = (0..<60_000).map { Double($0) / 10 }
    let mean = values.reduce(0, +) / 60_000
    #expect(
      columns == ["V", "60000", "0.0", String(format: "%.3f", mean), "5999.9", "0.0", "5999.9"])
  }

  @Test("a summary knows the quirks of a product as decoding does")
  func summaryOfQuirks() async throws {
    let folder = try TemporaryFolder()
    let log = "380#31512D3138343500\n379#2F02\n351#440264009CFF3F02\n"
    let path = try folder.file("quirks.log", Data(log.utf8)).path()
    let outcome = try await Command.busbar(
      "decode", "--format", "summary", "--dialect", "rec", path)
    let rows = outcome.output.split(separator: "\n").map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(rows.first { $0[0] == "capacity_installed" }?.last == "560")
    #expect(rows.first { $0[0] == "discharge_current_limit" }?.last == "10.0")
  }
}
