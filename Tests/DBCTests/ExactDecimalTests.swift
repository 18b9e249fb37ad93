import DBC
import Testing

@Suite("Decimal numbers as a DBC file writes them")
struct ExactDecimalTests {
  /// A text, its parts, how it is printed, and its nearest binary number.
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var significand: Int64
    var exponent: Int
    var description: String
    var double: Double
    var testDescription: String { text }
  }

  @Test(
    "are read exactly",
    arguments: [
      Row(text: "0", significand: 0, exponent: 0, description: "0", double: 0),
      Row(text: "-0.00", significand: 0, exponent: 0, description: "0", double: 0),
      Row(text: "0E99999", significand: 0, exponent: 0, description: "0", double: 0),
      Row(text: "1", significand: 1, exponent: 0, description: "1", double: 1),
      Row(text: "+7", significand: 7, exponent: 0, description: "7", double: 7),
      Row(text: "-40", significand: -4, exponent: 1, description: "-40", double: -40),
      Row(text: "0.1", significand: 1, exponent: -1, description: "0.1", double: 0.1),
      Row(text: "00.10", significand: 1, exponent: -1, description: "0.1", double: 0.1),
      Row(text: ".5", significand: 5, exponent: -1, description: "0.5", double: 0.5),
      Row(text: "5.", significand: 5, exponent: 0, description: "5", double: 5),
      Row(text: "1E-05", significand: 1, exponent: -5, description: "0.00001", double: 1e-5),
      Row(text: "-12.5e+2", significand: -125, exponent: 1, description: "-1250", double: -1250),
      Row(
        text: "1234.5678", significand: 12_345_678, exponent: -4, description: "1234.5678",
        double: 1234.5678),
      Row(
        text: "1E22", significand: 1, exponent: 22, description: "10000000000000000000000",
        double: 1e22),
      Row(
        text: "1E-22", significand: 1, exponent: -22, description: "0.0000000000000000000001",
        double: 1e-22),
      Row(
        text: "3.4028235E+38", significand: 34_028_235, exponent: 31,
        description: "340282350000000000000000000000000000000", double: 3.4028235e38),
      Row(
        text: "1.7E-290", significand: 17, exponent: -291,
        description: "0." + String(repeating: "0", count: 289) + "17", double: 1.7e-290),
      Row(
        text: "9223372036854775807", significand: 92_233_720_368_547_758, exponent: 2,
        description: "9223372036854775800", double: 0x1p63),
      Row(
        text: "0.3333333333333333333333", significand: 333_333_333_333_333_333, exponent: -18,
        description: "0.333333333333333333", double: 1.0 / 3),
      Row(
        text: "123456789012345678", significand: 123_456_789_012_345_678, exponent: 0,
        description: "123456789012345678", double: 123_456_789_012_345_680),
    ])
  func reads(_ row: Row) throws {
    let number = try #require(ExactDecimal(row.text))
    #expect(number == ExactDecimal(significand: row.significand, exponent: row.exponent))
    #expect(number.description == row.description)
    #expect(number.doubleValue == row.double)
    #expect(number.decimals == max(0, -row.exponent))
    #expect(ExactDecimal(number.description) == number)
  }

  @Test(
    "are nothing else",
    arguments: [
      "", "-", "+", ".", "-.", "E5", ".E5", "1E", "1E+", "1E5.0", "1.2.3", "0x10", "1 ", " 1",
      "1,5",
      "inf", "nan", "١", "1E301", "1E-301", "1E999999999", "1E-999999999", "--1",
      "1e9223372036854775807",
      "1E99999999999999999999", "0.1E-9223372036854775808", "1_000",
    ])
  func refuses(text: String) {
    #expect(ExactDecimal(text) == nil)
  }

  @Test("have at most three hundred zeros")
  func manyDigits() {
    #expect(ExactDecimal("1" + String(repeating: "0", count: 300))?.exponent == 300)
    #expect(ExactDecimal("1" + String(repeating: "0", count: 301)) == nil)
    #expect(ExactDecimal("0." + String(repeating: "0", count: 299) + "1")?.exponent == -300)
    #expect(ExactDecimal("0." + String(repeating: "0", count: 300) + "1") == nil)
    #expect(ExactDecimal("0." + String(repeating: "0", count: 1000)) == .zero)
  }

  @Test(
    "are whole numbers where they are",
    arguments: [
      ("12", 12), ("-40", -40), ("1E18", 1_000_000_000_000_000_000), ("0.0", 0), ("2.50E1", 25),
      ("0.5", nil), ("1E19", nil), ("9E18", 9_000_000_000_000_000_000), ("1E300", nil),
    ])
  func integer(text: String, expected: Int64?) {
    #expect(ExactDecimal(text)?.integer == expected)
  }

  @Test("lose their trailing zeros, whatever they are made of")
  func normalised() {
    #expect(ExactDecimal(significand: 1200, exponent: -1).significand == 12)
    #expect(ExactDecimal(significand: 1200, exponent: -1).exponent == 1)
    #expect(ExactDecimal(significand: 0, exponent: 77) == .zero)
    #expect(ExactDecimal(significand: 10, exponent: -1) == .one)
    #expect(ExactDecimal(significand: .min, exponent: -18).description == "-9.223372036854775808")
  }
}
