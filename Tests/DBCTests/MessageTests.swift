import CANFrames
import DBC
import Testing

@Suite("Messages and signals of a DBC file")
struct MessageTests {
  @Test(
    "reads an identifier and its format",
    arguments: [
      ("0", 0, CANIdentifier.Format.standard), ("2047", 0x7FF, .standard),
      ("2147483648", 0, .extended), ("2684354559", 0x1FFF_FFFF, .extended),
    ])
  func identifier(number: String, expected: UInt32, format: CANIdentifier.Format) throws {
    let file = try DBCFile("BO_ \(number) M: 8 X")
    #expect(file.messages.first?.identifier == CANIdentifier(exactly: expected, format: format))
  }

  @Test(
    "keeps unused signals without an identifier",
    arguments: [
      "3221225472 VECTOR__INDEPENDENT_SIG_MSG", "3221225472 Parking",
      "1073741824 VECTOR__INDEPENDENT_SIG_MSG", "0 VECTOR__INDEPENDENT_SIG_MSG",
    ])
  func independent(head: String) throws {
    let file = try DBCFile(
      "BO_ \(head): 0 Vector__XXX\n SG_ S : 40|64@1+ (1,0) [0|0] \"\" Vector__XXX\n")
    #expect(file.messages.map(\.identifier) == [nil])
    #expect(file.messages.first?.signals.map(\.name) == ["S"])
    let plan = DecodePlan(file)
    #expect(plan.messages.isEmpty)
    #expect(plan.omissions == [])
  }

  @Test("does without a sender, receivers and signals")
  func bare() throws {
    let file = try DBCFile(
      "BO_ 1 M: 8\nBO_ 2 N: 8\n SG_ S : 0|8@1+ (1,0) [0|0] \"\"\n SG_ T : 8|8@1+ (1,0) [0|0] \"\"")
    #expect(file.messages.map(\.sender) == ["", ""])
    #expect(file.messages.map(\.signals.count) == [0, 2])
    #expect(file.messages.last?.signals.map(\.receivers) == [[], []])
  }

  @Test(
    "reads receivers however they are divided",
    arguments: ["A,B", "A, B", "A ,B", " A B", "A,\n   B", "A,B,", "A,B;"])
  func receivers(text: String) throws {
    let signal = " SG_ S : 0|8@1+ (1,0) [0|0] \"\" \(text)\n"
    let file = try DBCFile("BO_ 1 M: 8 X\n\(signal)" + " SG_ T : 0|8@1+ (1,0) [0|0] \"\" A\n")
    #expect(file.messages.first?.signals.map(\.receivers) == [["A", "B"], ["A"]])
  }

  @Test(
    "takes a bound that is no number as unknown",
    arguments: [
      ("0|1", "0", "1"), ("-1.5|+2E3", "-1.5", "2000"), ("0.0|0.0", "0", "0"),
      ("-inf|inf", nil, nil), ("nan|NaN", nil, nil), ("1.#INF|-1.#QNAN", nil, nil),
      ("-1.7E+308|1.7E+308", nil, nil), ("0|4.446241647709404462001681407E+481", "0", nil),
      ("|", nil, nil), ("0|0x7F", "0", nil),
    ])
  func bounds(range: String, minimum: String?, maximum: String?) throws {
    let file = try DBCFile("BO_ 1 M: 8 X\n SG_ S : 0|8@1+ (1,0) [\(range)] \"\" X")
    let signal = try #require(file.messages.first?.signals.first)
    #expect(signal.minimum?.description == minimum)
    #expect(signal.maximum?.description == maximum)
  }

  @Test(
    "reads factors and offsets exactly",
    arguments: [
      ("0.1", "0.1"), ("1E-05", "0.00001"), ("-0.25", "-0.25"), ("+2", "2"), ("1e3", "1000"),
      ("0.06944444444", "0.06944444444"), (".5", "0.5"), ("1.", "1"), ("-0", "0"),
    ])
  func numbers(text: String, expected: String) throws {
    let factor = expected == "0" ? "1" : text
    let file = try DBCFile("BO_ 1 M: 8 X\n SG_ S : 0|8@1+ (\(factor),\(text)) [0|0] \"\" X")
    let signal = try #require(file.messages.first?.signals.first)
    #expect(signal.offset.description == expected)
    #expect(signal.factor.description == (expected == "0" ? "1" : expected))
  }

  @Test("knows a message that only CAN FD carries")
  func flexibleDataRate() throws {
    let file = try DBCFile("BO_ 1 M: 8 X\nBO_ 2 N: 64 X\n SG_ S : 455|64@0+ (1,0) [0|0] \"\" X")
    #expect(file.messages.map(\.isFlexibleDataRate) == [false, true])
  }

  @Test(
    "reads the number format with and without a colon",
    arguments: [
      ("1 S : 1;", 32, DBCSignal.NumberFormat.float), ("1 S 1;", 32, .float),
      ("1 S: 2 ;", 64, .double), ("1 S 2", 64, .double), ("1 S : 0;", 32, .unsigned),
    ])
  func numberFormat(text: String, length: Int, expected: DBCSignal.NumberFormat) throws {
    let file = try DBCFile(
      "BO_ 1 M: 8 X\n SG_ S : 0|\(length)@1+ (1,0) [0|0] \"\" X\nSIG_VALTYPE_ \(text)\n")
    #expect(file.messages.first?.signals.first?.format == expected)
  }
}
