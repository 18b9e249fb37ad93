import DBC
import Testing

@Suite("What stands where a DBC file goes wrong")
struct SyntaxErrorTests {
  @Test(
    "is told for a message",
    arguments: [
      ("BO_", "1:4: found the end of the file, expected the number of a message"),
      ("BO_ M: 8 X", "1:5: found 'M', expected the number of a message"),
      ("BO_ -1 M: 8 X", "1:5: found '-', expected the number of a message"),
      ("BO_ 1.5 M: 8 X", "1:5: found '1.5', expected the number of a message"),
      (
        "BO_ 18446744073709551616 M: 8 X",
        "1:5: found '18446744073709551616', expected the number of a message"
      ),
      ("BO_ 1 : 8 X", "1:7: found ':', expected the name of a message"),
      ("BO_ 1 \"M\": 8 X", "1:7: found a text in quotes, expected the name of a message"),
      ("BO_ 1\nBO_ 2 N: 8 X", "2:1: found 'BO_', expected the name of a message"),
      ("BO_ 1 M 8 X", "1:9: found '8', expected ':'"),
      ("BO_ 1 M: X", "1:10: found 'X', expected the length of the message in bytes, at most 65535"),
      (
        "BO_ 1 M: 65536 X",
        "1:10: found '65536', expected the length of the message in bytes, at most 65535"
      ),
      (
        "BO_ 1 M: 18446744073709551615 X",
        "1:10: found '18446744073709551615', "
          + "expected the length of the message in bytes, at most 65535"
      ),
    ])
  func message(text: String, expected: String) {
    #expect(DBCFile.refusal(of: text) == "house.dbc:" + expected)
  }

  @Test(
    "is told for a signal",
    arguments: [
      ("SG_ : 0|8@1+ (1,0) [0|0] \"\" X", "5: found ':', expected the name of a signal"),
      (
        "SG_ S x : 0|8@1+ (1,0) [0|0] \"\" X",
        "7: found 'x', expected ':' or a multiplexing mark such as M or m1"
      ),
      (
        "SG_ S m : 0|8@1+ (1,0) [0|0] \"\" X",
        "7: found 'm', expected ':' or a multiplexing mark such as M or m1"
      ),
      (
        "SG_ S m18446744073709551616 : 0|8@1+",
        "7: found 'm18446744073709551616', "
          + "expected ':' or a multiplexing mark such as M or m1"
      ),
      ("SG_ S 0|8@1+ (1,0) [0|0] \"\" X", "7: found '0', expected ':'"),
      ("SG_ S : |8@1+", "9: found '|', expected the start bit, at most 524279"),
      (
        "SG_ S : 18446744073709551615|8@1+",
        "9: found '18446744073709551615', expected the start bit, at most 524279"
      ),
      ("SG_ S : 524280|8@1+", "9: found '524280', expected the start bit, at most 524279"),
      ("SG_ S : 0 8@1+", "11: found '8', expected '|'"),
      ("SG_ S : 0|0@1+", "11: found '0', expected the length in bits, 1 to 524280"),
      (
        "SG_ S : 0|18446744073709551615@1+",
        "11: found '18446744073709551615', expected the length in bits, 1 to 524280"
      ),
      ("SG_ S : 0|8 1+", "13: found '1', expected '@'"),
      (
        "SG_ S : 0|8@2+ (1,0) [0|0] \"\" X",
        "13: found '2', expected the byte order: 0 (big-endian) or 1 (little-endian)"
      ),
      ("SG_ S : 0|8@1 (1,0)", "15: found '(', expected '+' (unsigned) or '-' (signed)"),
      ("SG_ S : 0|8@1+ 1,0)", "16: found '1', expected '('"),
      ("SG_ S : 0|8@1+ (x,0)", "17: found 'x', expected the factor"),
      ("SG_ S : 0|8@1+ (--1,0)", "18: found '-', expected the factor"),
      ("SG_ S : 0|8@1+ (1E999999999,0)", "17: found '1E999999999', expected the factor"),
      (
        "SG_ S : 0|8@1+ (1E99999999999999999999,0)",
        "17: found '1E99999999999999999999', expected the factor"
      ),
      ("SG_ S : 0|8@1+ (1E-301,0)", "17: found '1E-301', expected the factor"),
      ("SG_ S : 0|8@1+ (1;0)", "18: found ';', expected ','"),
      ("SG_ S : 0|8@1+ (1,0E-999999999)", nil),
      ("SG_ S : 0|8@1+ (1,)", "19: found ')', expected the offset"),
      ("SG_ S : 0|8@1+ (1,0", "20: found the end of the file, expected ')'"),
      ("SG_ S : 0|8@1+ (1,0) 0|0]", "22: found '0', expected '['"),
      (
        "SG_ S : 0|8@1+ (1,0) [0,0] \"\" X",
        "28: found a text in quotes, expected '|' after a bound of the value range"
      ),
      (
        "SG_ S : 0|8@1+ (1,0) [0|",
        "25: found the end of the file, expected ']' after a bound of the value range"
      ),
      ("SG_ S : 0|8@1+ (1,0) [0|0] V X", "28: found 'V', expected the unit in quotes"),
      ("SG_ S : 0|8@1+ (1,0) [0|0] \"V X", "28: the text that begins here has no closing quote"),
    ])
  func signal(text: String, expected: String?) {
    let ending = expected == nil ? " [0|0] \"\" X" : ""
    let message = DBCFile.refusal(of: "BO_ 1 M: 8 X\n\(text)\(ending)")
    #expect(message == expected.map { "house.dbc:2:" + $0 })
  }

  @Test(
    "is told for number formats and multiplexor values",
    arguments: [
      ("SIG_VALTYPE_ 1 : 1;", "16: found ':', expected the name of a signal"),
      (
        "SIG_VALTYPE_ 1 S : 3;",
        "20: found '3', expected 0 (integer), 1 (32-bit float) or 2 (64-bit float)"
      ),
      ("SIG_VALTYPE_ 1 S : 1 2;", "22: found '2', expected ';'"),
      ("SG_MUL_VAL_ 1 S 1-1;", "18: found '-', expected a multiplexor value"),
      ("SG_MUL_VAL_ 1 S S x;", "19: found 'x', expected a multiplexor value"),
      ("SG_MUL_VAL_ 1 S S 1;", "20: found ';', expected '-'"),
      ("SG_MUL_VAL_ 1 S S 3-1;", "21: found '1', expected a multiplexor value of at least 3"),
      (
        "SG_MUL_VAL_ 1 S S 0-18446744073709551616;",
        "21: found '18446744073709551616', expected a multiplexor value of at least 0"
      ),
    ])
  func statement(text: String, expected: String) {
    let head = "BO_ 1 M: 8 X\n SG_ S : 0|8@1+ (1,0) [0|0] \"\" X\n"
    let message = DBCFile.refusal(of: head + text)
    #expect(message == "house.dbc:3:" + expected)
  }

  @Test("is cut short if it is long")
  func long() {
    let message = DBCFile.refusal(of: "BO_ \(String(repeating: "x", count: 1_000_000)) M: 8 X")
    let start = String(repeating: "x", count: 60)
    #expect(message == "house.dbc:1:5: found '\(start)...', expected the number of a message")
  }
}
