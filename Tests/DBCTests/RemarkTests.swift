import DBC
import Testing

@Suite("What a DBC file says wrong and is still read")
struct RemarkTests {
  private static let head = "BO_ 1 M: 8 X\n SG_ S : 0|8@1+ (1,0) [0|0] \"\" X\n"

  @Test(
    "notes what a statement names and the file does not have",
    arguments: [
      (#"CM_ BO_ 2 "x";"#, "CM_ names message 2"),
      (#"CM_ SG_ 2 S "x";"#, "CM_ names message 2"),
      (#"CM_ SG_ 1 T "x";"#, "CM_ names signal 'T' of message 1"),
      (#"BA_ "A" BO_ 2 1;"#, "BA_ names message 2"),
      (#"BA_ "A" SG_ 1 T 1;"#, "BA_ names signal 'T' of message 1"),
      (#"VAL_ 2 S 0 "x";"#, "VAL_ names message 2"),
      (#"VAL_ 1 T 0 "x";"#, "VAL_ names signal 'T' of message 1"),
      (#"VAL_ 1 S Table;"#, "VAL_ names value table 'Table'"),
      (#"BA_DEF_DEF_ "A" 1;"#, "BA_DEF_DEF_ names attribute 'A'"),
      ("SIG_VALTYPE_ 2 S : 1;", "SIG_VALTYPE_ names message 2"),
      ("SG_MUL_VAL_ 1 T S 1-1;", "SG_MUL_VAL_ names signal 'T' of message 1"),
    ])
  func dangling(statement: String, remark: String) throws {
    let file = try DBCFile(Self.head + statement + "\nBO_ 3 N: 8 X\n")
    #expect(
      file.danglingReferences.map(\.description) == [
        "house.dbc:3:1: \(remark), which this file does not have; it is ignored"
      ])
    #expect(file.messages.count == 2)
  }

  @Test(
    "leaves out a description that is malformed, and says which",
    arguments: [
      (
        "CM_ 145 \"x\";",
        "house.dbc:3:5: found '145', "
          + "expected a comment in quotes, or BU_, BO_ or SG_ and what it is on"
      ),
      ("CM_ SG_ 1 \"x\";", "house.dbc:3:11: found a text in quotes, expected the name of a signal"),
      ("CM_ \"x\" y", "house.dbc:3:9: found 'y', expected ';'"),
      ("CM_ BU_", "house.dbc:4:1: found 'BO_', expected the name of a node"),
      ("VAL_ 1 S 0 \"x\" 1", "house.dbc:4:1: found 'BO_', expected the value's label in quotes"),
      (
        "VAL_ 1 S 0.5 \"x\";",
        "house.dbc:3:10: found '0.5', "
          + "expected a raw value, which is a whole number of at most 64 bits"
      ),
      (
        "VAL_ 1 S 18446744073709551616 \"x\";",
        "house.dbc:3:10: found '18446744073709551616', "
          + "expected a raw value, which is a whole number of at most 64 bits"
      ),
      (
        "VAL_ 1 S -9223372036854775809 \"x\";",
        "house.dbc:3:11: found '9223372036854775809', "
          + "expected a raw value, which is a whole number of at most 64 bits"
      ),
      ("VAL_TABLE_ 0 \"x\";", "house.dbc:3:14: found a text in quotes, expected ';'"),
      (
        "BA_DEF_ \"A\" BOOL;",
        "house.dbc:3:13: found 'BOOL', "
          + "expected INT, HEX, FLOAT, STRING or ENUM"
      ),
      ("BA_DEF_ A INT;", "house.dbc:3:9: found 'A', expected the name of an attribute in quotes"),
      ("BA_ \"A\" x;", "house.dbc:3:9: found 'x', expected a number or a text in quotes"),
      ("BU_ A;", "house.dbc:3:5: found 'A', expected ':'"),
      ("VERSION 2;", "house.dbc:3:9: found '2', expected the version in quotes"),
      ("SIG_GROUP_ 1 G 1 S;", "house.dbc:3:18: found 'S', expected ':'"),
      ("EV_ : 0;", "house.dbc:3:5: found ':', expected the name of an environment variable"),
    ])
  func fault(statement: String, message: String) throws {
    let file = try DBCFile(Self.head + statement + "\nBO_ 3 N: 8 X\nCM_ BO_ 3 \"read\";\n")
    #expect(file.faults.map(\.description) == [message])
    #expect(file.messages.map(\.comment) == [nil, "read"])
    #expect(file.messages.first?.signals.first?.labels == [:])
  }
}
