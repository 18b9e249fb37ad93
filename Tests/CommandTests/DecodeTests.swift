import BusbarTestSupport
import Foundation
import Testing

@Suite("busbar decode", .timeLimit(.minutes(3)))
struct DecodeTests {
  static let capture = """
        can0  380   [8]  31 51 2D 31 38 34 35 00
        can0  351   [8]  1F 01 BC 02 E8 03 E7 00
        can0  355   [6]  32 00 64 00 88 13
        can0  356   [6]  32 0A 00 00 27 01
        can0  35A   [8]  A8 A0 82 00 00 00 80 0A
        can0  35E   [8]  52 45 43 2D 42 4D 53 00
        can0  35F   [8]  00 00 02 06 64 00 00 00
    """

  @Test("a pasted capture of a REC Q becomes values")
  func capture() async throws {
    let outcome = try await Command.busbar(
      "decode", "--format", "json", "-", input: Data(Self.capture.utf8))
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("dialect rec"))
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 7)
    #expect(
      lines[1] == """
        {"time":null,"bus":"can0","id":"351","message":"Limits","values":{"charge_voltage_limit":28.7,\
        "charge_current_limit":70.0,"discharge_current_limit":100.0,"discharge_voltage_limit":23.1}}
        """)
    for value in [
      #""serial":"1Q-1845""#, #""state_of_charge":50.00"#, #""voltage":26.10"#, #""current":0.0"#,
      #""temperature":29.5"#, #""system_status":"online""#, #""manufacturer":"REC-BMS""#,
      #""firmware":"2.6""#, #""capacity_remaining":100"#,
    ] { #expect(outcome.output.contains(value), "\(value) is missing") }
    #expect(!outcome.output.contains(#""active""#))
  }

  @Test("every line of JSON is one object with the keys in their order")
  func jsonIsJSON() async throws {
    let log = "(1617901200.123456) can0 351#1F01BC02E803E700\n(1617901200.2) can0 404#000000\n"
    let outcome = try await Command.busbar(
      "decode", "--format", "json", "--dialect", "rec", "-", input: Data(log.utf8))
    let lines = outcome.output.split(separator: "\n")
    for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    #expect(
      lines.first?.hasPrefix(#"{"time":"2021-04-08T17:00:00.123456Z","bus":"can0","id":"351","#)
        == true)
    #expect(
      lines.last
        == #"{"time":"2021-04-08T17:00:00.200000Z","bus":"can0","id":"404","message":null,"data":"000000"}"#
    )
  }

  @Test("text has one row for a round, and alarms and identity in words")
  func text() async throws {
    let log =
      Self.capture + "\n"
      + Self.capture.replacing("A8 A0 82 00 00 00 80 0A", with: "A4 A0 82 00 00 00 80 06")
    let outcome = try await Command.busbar("decode", "-", input: Data(log.utf8))
    let rows = outcome.output.split(separator: "\n").filter { $0.hasPrefix("-") }
    #expect(rows.count == 2)
    #expect(outcome.output.contains("serial number 1Q-1845"))
    #expect(outcome.output.contains("Alarm high voltage: active"))
    #expect(outcome.output.contains("system status offline"))
  }

  @Test("CSV has a column with its unit for each quantity, and one row for a round")
  func csv() async throws {
    let outcome = try await Command.busbar(
      "decode", "--format", "csv", "-", input: Data(Self.capture.utf8))
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 2)
    let titles = lines[0].split(separator: ",", omittingEmptySubsequences: false)
    let values = lines[1].split(separator: ",", omittingEmptySubsequences: false)
    #expect(titles.count == values.count)
    let voltage = try #require(titles.firstIndex(of: "voltage [V]"))
    #expect(values[voltage] == "26.10")
  }

  @Test("lines that are no frames are told once, by reason, with the line number")
  func rejections() async throws {
    let log = "$ candump can0\n" + Self.capture + "\n...\ncan0 351 [9] 00\n"
    let outcome = try await Command.busbar("decode", "--format", "json", "-", input: Data(log.utf8))
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n").count == 7)
    #expect(
      outcome.errors.contains(
        "standard input:1:1: no CAN frame in this line: '$ candump can0' (2 lines)"))
    #expect(
      outcome.errors.contains("standard input:10:10: expected a length from 0 to 8 in brackets"))
    let strict = try await Command.busbar("decode", "--strict", "-", input: Data(log.utf8))
    #expect(strict.status == 1)
  }

  @Test("a foreign DBC decodes under its own names")
  func foreignDBC() async throws {
    let folder = try TemporaryFolder()
    let dbc = """
      VERSION ""
      BU_: A
      BO_ 256 Engine: 8 A
       SG_ Speed : 7|16@0+ (0.25,0) [0|16383] "rpm" A
       SG_ Gear : 16|4@1- (1,0) [-8|7] "" A
      VAL_ 256 Gear 1 "first" -1 "reverse" ;
      """
    let path = try folder.file("car.dbc", Data(dbc.utf8)).path()
    let outcome = try await Command.busbar(
      "decode", "--format", "json", "--dialect", path, "-", input: Data("100#0FA00F".utf8))
    #expect(
      outcome.output
        == #"{"time":null,"bus":null,"id":"100","message":"Engine","values":{"Speed":1000.00,"Gear":-1}}"#
        + "\n")
    let text = try await Command.busbar(
      "decode", "--dialect", path, "-", input: Data("100#0FA00F".utf8))
    #expect(text.output.contains("Engine  Speed=1000.00 rpm, Gear=-1 (reverse)"))
  }

  @Test("a value that cannot be true is written as it was sent, and doubted on standard error")
  func doubts() async throws {
    let log =
      "(1617901200.1) can0 356#320A00002701\n(1617901201.1) can0 356#AA0000002701\n"
      + "(1617901202.1) can0 356#320A00002701\n"
    let outcome = try await Command.busbar(
      "decode", "--format", "json", "--dialect", "rec", "-", input: Data(log.utf8))
    #expect(outcome.output.contains(#""voltage":1.70"#))
    #expect(outcome.errors == "can0: 0x356: voltage 1.7 V: jumped from 26.1 V, not confirmed yet\n")
  }
}
