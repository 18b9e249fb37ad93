import DBC
import Testing

@Suite("Labels, comments, groups and lists of keywords")
struct DescriptionTests {
  private static let head = "BO_ 1 M: 8 X\n SG_ S : 0|64@1+ (1,0) [0|0] \"\" X\n"

  /// The labels of signal `S` of message 1.
  private static func labels(_ statements: String) throws -> [Int64: String]? {
    try DBCFile(head + statements).messages.first?.signals.first?.labels
  }

  @Test(
    "reads labels",
    arguments: [
      (#"VAL_ 1 S 0 "off" 1 "on" ;"#, [0: "off", 1: "on"]),
      (#"VAL_ 1 S 0 "off" 1 "on";"#, [0: "off", 1: "on"]),
      (#"VAL_ 1 S 0 "off" 1 "on""#, [0: "off", 1: "on"]),
      (#"VAL_ 1 S -2 "low" +3 "high" 4.0 "four";"#, [-2: "low", 4: "four", 3: "high"]),
      (#"VAL_ 1 S 1 "a" 1 "b";"#, [1: "b"]),
      (#"VAL_ 1 S ;"#, [:]),
      (#"VAL_ 1 S -9223372036854775808 "";"#, [.min: ""]),
      (#"VAL_ 1 S 9223372036854775807 "";"#, [.max: ""]),
      (#"VAL_ 1 S 18446744073709551615 "n/a";"#, [-1: "n/a"]),
    ])
  func labels(statement: String, expected: [Int64: String]) throws {
    #expect(try Self.labels(statement) == expected)
  }

  @Test("finds the label of a 64-bit value above Int64.max by its bits")
  func wideLabel() throws {
    let plan = try SignalPlan.parsing(
      "0|64@1+ (1,0)", #"VAL_ 1 S 18446744073709551614 "not available";"#)
    #expect(plan.labels[plan.field.integer(in: .max - 1)] == "not available")
  }

  @Test(
    "takes labels from a table, wherever it stands",
    arguments: [
      "VAL_TABLE_ OnOff 0 \"off\" 1 \"on\" ;\nVAL_ 1 S OnOff ;",
      "VAL_ 1 S OnOff ;\nVAL_TABLE_ OnOff 0 \"off\" 1 \"on\" ;",
      "VAL_ 1 S OnOff\nVAL_TABLE_ OnOff 0 \"off\" 1 \"on\"",
    ])
  func table(statements: String) throws {
    #expect(try Self.labels(statements) == [0: "off", 1: "on"])
  }

  @Test("joins the comments on the file")
  func comments() throws {
    #expect(try DBCFile(#"CM_ "one, ";CM_ "two";"# + "\n" + Self.head).comment == "one, two")
  }

  @Test(
    "reads nodes over any number of lines",
    arguments: ["BU_: A B\n", "BU_ : A\n\tB\n", "BU_:A,B\n", "BU_:\nA\nB\n", "BU_: A\nBU_: B\n"])
  func nodes(text: String) throws {
    #expect(try DBCFile(text + Self.head).nodes == ["A", "B"])
  }

  @Test(
    "reads over the list of new symbols",
    arguments: [
      "NS_ :\n\tNS_DESC_\n\tCM_\n\tVAL_\n\nBS_:\n\n", "NS_ :\nNS_DESC_\nCM_\nVAL_\nBS_:\n",
      "NS_:\n\nBS_:\n", "NS_ : CM_ BA_DEF_ VAL_\nBS_: 500000 : 0,0\n", "NS_\n", "NS_ :\nCM_\n",
      "NS_ :\n\tFUTURE_\n\tCM_\n\tEV_DATA_\n", "NS_ :\n\tVAL_TABLE_\n\tSG_MUL_VAL_\n\nBS_ :\n",
    ])
  func newSymbols(text: String) throws {
    let statements = "VAL_TABLE_ OnOff 0 \"off\" ;\nBU_: A\n"
    let file = try DBCFile("VERSION \"1\"\n" + text + statements + Self.head)
    #expect(file.valueTables == ["OnOff": [0: "off"]])
    #expect(file.nodes == ["A"])
    #expect(file.faults == [])
    #expect(file.unusedStatements == [:])
  }

  @Test(
    "ends the list of new symbols at the first statement",
    arguments: [
      "CM_ BU_ A \"read\";", "CM_ \"\";\nCM_ BU_ A \"read\";", "BS_:\nCM_ BU_ A \"read\";",
    ])
  func newSymbolsEnd(statements: String) throws {
    let file = try DBCFile("NS_ :\n\tCM_\n\tVAL_\n\n\(statements)\n" + Self.head)
    #expect(file.nodeComments == ["A": "read"])
  }

  @Test(
    "counts statements that it reads over",
    arguments: [
      ("BO_TX_BU_ 1 : A,B;", "BO_TX_BU_"), ("ENVVAR_DATA_ E: 4;", "ENVVAR_DATA_"),
      (#"EV_DATA_ E "x";"#, "EV_DATA_"), (#"SGTYPE_ T : 8@1+ (1,0) [0|1] "" 0, V;"#, "SGTYPE_"),
      ("SIG_TYPE_REF_ 1 S : T;", "SIG_TYPE_REF_"), (#"BA_SGTYPE_ "A" T 1;"#, "BA_SGTYPE_"),
      (#"BA_DEF_SGTYPE_ "A" INT 0 1;"#, "BA_DEF_SGTYPE_"), ("CAT_DEF_ 1 C 2;", "CAT_DEF_"),
      ("CAT_ SG_ 1 S 2;", "CAT_"), ("FILTER a b c;", "FILTER"), ("FUTURE_ 1 : \"x\" ;", "FUTURE_"),
      (#"BA_DEF_REL_ BU_SG_REL_ "T" INT 0 9;"#, "BA_DEF_REL_"),
      (#"BA_REL_ "T" BU_SG_REL_ A SG_ 1 S 7;"#, "BA_REL_"),
      (#"BA_REL_ "T" BU_BO_REL_ A 1 7;"#, "BA_REL_"), (#"CM_ EV_ E "x";"#, "CM_ EV_"),
      (#"CM_ VAL_ 1 S 0 "x";"#, "CM_ VAL_"), (#"BA_ "A" EV_ E 5;"#, "BA_ EV_"),
      (#"VAL_ E 0 "x";"#, "VAL_ EV_"),
    ])
  func unused(statement: String, name: String) throws {
    for end in ["", ";\n"] {
      let text = "\(statement.dropLast())\(end)\nBO_ 2 N: 8 X\n"
      let file = try DBCFile(Self.head + text)
      #expect(file.unusedStatements == [name: 1])
      #expect(file.messages.map(\.name) == ["M", "N"])
    }
  }

  @Test("ignores semicolons too many")
  func semicolons() throws {
    let file = try DBCFile("VERSION \"\";;\nBO_ 1 M: 8 X;\n SG_ S : 0|8@1+ (1,0) [0|0] \"\" X;\n;;")
    #expect(file.messages.first?.signals.count == 1)
  }

  @Test("reads a group without its message's signals being checked")
  func groups() throws {
    let file = try DBCFile(Self.head + "SIG_GROUP_ 9 G 1 : A B,C;\nSIG_GROUP_ 9 H 1 :\n")
    #expect(file.signalGroups == ["G": ["A", "B", "C"], "H": []])
  }
}
