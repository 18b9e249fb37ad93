import DBC
import Testing

@Suite("Attributes of a DBC file")
struct AttributeTests {
  private static let head = "BO_ 1 M: 8 X\n SG_ S : 0|8@1+ (1,0) [0|0] \"\" X\n"

  /// How an attribute is defined and written, its value, and why it is in the table.
  struct Row: Sendable, CustomTestStringConvertible {
    var definition: String
    var value: String
    var expected: DBCAttributeValue
    var testDescription: String
  }

  @Test(
    "reads a value as its attribute is defined",
    arguments: [
      Row(definition: "INT 0 100", value: "5", expected: .integer(5), testDescription: "number"),
      Row(definition: "INT 0 0", value: "-5", expected: .integer(-5), testDescription: "negative"),
      Row(definition: "HEX 0 255", value: "255", expected: .integer(255), testDescription: "HEX"),
      Row(
        definition: "INT 0 0", value: #""250""#, expected: .integer(250),
        testDescription: "number in quotes"),
      Row(
        definition: "INT 0 0", value: #""fast""#, expected: .text("fast"),
        testDescription: "text where a number should be"),
      Row(
        definition: "INT 0 0", value: "9007199254740993", expected: .integer(9_007_199_254_740_993),
        testDescription: "beyond what a Double holds"),
      Row(
        definition: "INT 0 0", value: "-9223372036854775808", expected: .integer(.min),
        testDescription: "smallest"),
      Row(
        definition: "FLOAT -3.4E+038 3.4E+038", value: "0.5",
        expected: .decimal(ExactDecimal(significand: 5, exponent: -1)), testDescription: "decimal"),
      Row(
        definition: "FLOAT 0 1E9", value: "1E3", expected: .integer(1000),
        testDescription: "decimal that is whole"),
      Row(
        definition: "FLOAT 0 0", value: "18446744073709551616",
        expected: .decimal(ExactDecimal(significand: 184_467_440_737_095_516, exponent: 2)),
        testDescription: "beyond 64 bits"),
      Row(
        definition: "STRING ", value: #""a \"b\"""#, expected: .text(#"a "b""#),
        testDescription: "text"),
      Row(definition: "STRING", value: "7", expected: .text("7"), testDescription: "bare text"),
      Row(
        definition: #"ENUM "no","yes","1""#, value: "1", expected: .text("yes"),
        testDescription: "choice by index"),
      Row(
        definition: #"ENUM "no","yes","1""#, value: #""1""#, expected: .text("1"),
        testDescription: "choice by text"),
      Row(
        definition: #"ENUM  "no" , "yes" "#, value: "2", expected: .integer(2),
        testDescription: "index of no choice"),
      Row(
        definition: #"ENUM "no""#, value: "-9223372036854775808", expected: .integer(.min),
        testDescription: "index out of all bounds"),
      Row(
        definition: #"ENUM "no""#, value: "0.5",
        expected: .decimal(ExactDecimal(significand: 5, exponent: -1)),
        testDescription: "index that is none"),
    ])
  func value(_ row: Row) throws {
    let definition = "BA_DEF_ SG_ \"A\" \(row.definition);\n"
    let written = try DBCFile(Self.head + definition + "BA_ \"A\" SG_ 1 S \(row.value);\n")
    let standard = try DBCFile(Self.head + definition + "BA_DEF_DEF_ \"A\" \(row.value);\n")
    for file in [written, standard] {
      let signal = try #require(file.messages.first?.signals.first)
      #expect(file.faults == [])
      #expect(file.attribute("A", of: signal) == row.expected)
    }
  }

  @Test(
    "reads a value without a definition as it is written",
    arguments: [("5", DBCAttributeValue.integer(5)), (#""5""#, .text("5"))])
  func undefined(text: String, expected: DBCAttributeValue) throws {
    let file = try DBCFile(Self.head + "BA_ \"A\" \(text);\nBA_ \"A\" BO_ 1 \(text)\n")
    #expect(file.attribute("A") == expected)
    #expect(file.attribute("A", of: try #require(file.messages.first)) == expected)
    #expect(file.attribute("B") == nil)
  }

  @Test("prefers what is written to the default")
  func standard() throws {
    let file = try DBCFile(
      Self.head + """
        BA_DEF_ BO_ "A" INT 0 9
        BA_DEF_DEF_ "A" 1
        BA_ "A" BO_ 1 2
        """)
    #expect(file.attribute("A", of: try #require(file.messages.first)) == .integer(2))
    #expect(file.attribute("A") == .integer(1))
  }

  @Test("gives every value as text")
  func text() {
    #expect(DBCAttributeValue.integer(-7).text == "-7")
    #expect(DBCAttributeValue.decimal(ExactDecimal(significand: 5, exponent: -1)).text == "0.5")
    #expect(DBCAttributeValue.text("x").text == "x")
    #expect(DBCAttributeValue.text("7").integer == nil)
  }
}
