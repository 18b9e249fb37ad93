import DBC
import Testing

@Suite("Why a DBC file is refused")
struct DBCErrorTests {
  /// A file, what is said about it, and why it is in the table.
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var message: String
    var testDescription: String
  }

  /// A message of eight bytes with one signal.
  private static func signal(_ layout: String) -> String {
    "BO_ 1 M: 8 X\n SG_ S \(layout) \"\" X\n"
  }

  @Test(
    "is said in one line with its place",
    arguments: [
      Row(
        text: "BO_ 1 M: 8 X\nCM_ \"one\ntwo",
        message: "house.dbc:2:5: the text that begins here has no closing quote",
        testDescription: "open text"),
      Row(
        text: "BO_ 1 M: 8 X\nCM_ BO_ 1 \"one\nBO_ 2 N: 8 X\n",
        message: "house.dbc:2:11: the text that begins here has no closing quote",
        testDescription: "open text that takes a message with it"),
      Row(
        text: "", message: "house.dbc: not a DBC file: it has no message (no line begins with BO_)",
        testDescription: "empty file"),
      Row(
        text: "(1735270496.916858) can0 351#1F01\n",
        message: "house.dbc: not a DBC file: it has no message (no line begins with BO_)",
        testDescription: "a log"),
      Row(
        text: "\"BO_ 1 M: 8 X\" BO_ 2 N: 8 X\nBO_2\n\tBO_TX_BU_ 1 : X;\n",
        message: "house.dbc: not a DBC file: it has no message (no line begins with BO_)",
        testDescription: "BO_ where it begins no line"),
      Row(
        text: "CM_ \"as in\nBO_ 1 M: 8 X\";\n",
        message: "house.dbc: not a DBC file: it has no message (no line begins with BO_)",
        testDescription: "BO_ at the beginning of a comment's line"),
      Row(
        text: "# my file\n\n BO_ 1 M: 8 X\n",
        message: "house.dbc:1:1: found '#', expected a keyword such as BO_ or CM_",
        testDescription: "a remark before the first statement"),
      Row(
        text: "VERSION \"\"\nBU_: A\nCM_ \"BO_\";\n",
        message: "house.dbc: not a DBC file: it has no message (no line begins with BO_)",
        testDescription: "no message"),
      Row(
        text: "VERSION \"\"\n SG_ S : 0|8@1+ (1,0) [0|0] \"\" X\nBO_ 1 M: 8 X\n",
        message: "house.dbc:2:2: signal 'S' belongs to no message; put it below a BO_ line",
        testDescription: "signal without message"),
      Row(
        text: "BO_ 1 M: 8 X\n# note\n",
        message: "house.dbc:2:1: found '#', expected a keyword such as BO_ or CM_",
        testDescription: "no statement"),
      Row(
        text: signal(": 56|16@1+ (1,0) [0|0]"),
        message: "house.dbc:2:2: signal 'S' reaches bit 71, but message 'M' has 8 bytes "
          + "(bits 0 to 63); shorten the signal or lengthen the message",
        testDescription: "little-endian signal past the end"),
      Row(
        text: signal(": 59|5@0+ (1,0) [0|0]"),
        message: "house.dbc:2:2: signal 'S' reaches bit 64, but message 'M' has 8 bytes "
          + "(bits 0 to 63); shorten the signal or lengthen the message",
        testDescription: "big-endian signal past the end"),
      Row(
        text: "BO_ 1 M: 1 X\n SG_ S : 8|1@1+ (1,0) [0|0] \"\" X\n",
        message: "house.dbc:2:2: signal 'S' reaches bit 8, but message 'M' has 1 byte "
          + "(bits 0 to 7); shorten the signal or lengthen the message",
        testDescription: "message of one byte"),
      Row(
        text: "BO_ 1 M: 0 X\n SG_ S : 0|1@1+ (1,0) [0|0] \"\" X\n",
        message: "house.dbc:2:2: signal 'S' reaches bit 0, but message 'M' has 0 bytes; "
          + "shorten the signal or lengthen the message",
        testDescription: "message of no byte"),
      Row(
        text: "BO_ 849 M: 8 X\nBO_ 849 N: 8 X\n",
        message: "house.dbc:2:1: message 'N' has the identifier 351 of message 'M'; "
          + "remove one or give it another number",
        testDescription: "two messages with one identifier"),
      Row(
        text: "BO_ 2566844672 M: 8 X\nBO_ 849 O: 8 X\nBO_ 2566844672 N: 8 X\n",
        message: "house.dbc:3:1: message 'N' has the identifier 18FEF100 of message 'M'; "
          + "remove one or give it another number",
        testDescription: "two messages with one 29-bit identifier"),
      Row(
        text: signal(": 0|8@1+ (1,0) [0|0]") + " SG_ S : 8|8@1+ (1,0) [0|0] \"\" X\n",
        message: "house.dbc:3:2: message 'M' has a signal 'S' already; rename one of them",
        testDescription: "two signals with one name"),
      Row(
        text: "BO_ 2048 M: 8 X\n",
        message: "house.dbc:1:1: message 'M' has the number 2048; expected at most 2047 (11 bits), "
          + "or 2147483648 plus at most 536870911 (29 bits); write 2147485696 if it is one of 29 bits",
        testDescription: "29-bit identifier without its flag"),
      Row(
        text: "BO_ 536870912 M: 8 X\n",
        message: "house.dbc:1:1: message 'M' has the number 536870912; "
          + "expected at most 2047 (11 bits), or 2147483648 plus at most 536870911 (29 bits)",
        testDescription: "identifier of 30 bits"),
      Row(
        text: "BO_ 18446744073709551615 M: 8 X\n",
        message: "house.dbc:1:1: message 'M' has the number 18446744073709551615; "
          + "expected at most 2047 (11 bits), or 2147483648 plus at most 536870911 (29 bits)",
        testDescription: "largest number"),
      Row(
        text: signal("m1 : 0|8@1+ (1,0) [0|0]"),
        message: "house.dbc:2:2: signal 'S' is multiplexed, but message 'M' has no multiplexor; "
          + "mark one signal with M",
        testDescription: "no multiplexor"),
      Row(
        text: signal(": 0|8@1+ (1,0) [0|0]") + "SG_MUL_VAL_ 1 S Mode 1-1;\n",
        message: "house.dbc:3:1: signal 'S' depends on 'Mode', which is no signal of message 'M'; "
          + "name one that is",
        testDescription: "unknown multiplexor"),
      Row(
        text: signal(": 0|8@1+ (0.0,0) [0|0]"),
        message: "house.dbc:2:2: signal 'S' has the factor 0; use 1 for a plain number",
        testDescription: "factor of zero"),
    ])
  func message(_ row: Row) {
    #expect(DBCFile.refusal(of: row.text) == row.message)
  }
}
