import DBC
import Testing

@Suite("Words, numbers, texts and marks of a DBC file")
struct LexicalTests {
  /// A comment as a file writes it, what it says, and why it is in the table.
  struct Row: Sendable, CustomTestStringConvertible {
    var source: String
    var text: String
    var testDescription: String
  }

  @Test(
    "reads a text",
    arguments: [
      Row(source: #""plain""#, text: "plain", testDescription: "one line"),
      Row(source: #""""#, text: "", testDescription: "empty"),
      Row(
        source: #""\"off\" BO_ is a keyword""#, text: #""off" BO_ is a keyword"#,
        testDescription: "escaped quote before a keyword"),
      Row(source: "\"two\nlines\"", text: "two\nlines", testDescription: "two lines"),
      Row(source: "\"two\r\nlines\"", text: "two\nlines", testDescription: "Windows line end"),
      Row(source: "\"two\rlines\"", text: "two\nlines", testDescription: "old Mac line end"),
      Row(source: #""a; BO_ 1 // b""#, text: "a; BO_ 1 // b", testDescription: "marks inside"),
      Row(source: #""say \"hi\" now""#, text: #"say "hi" now"#, testDescription: "escaped quotes"),
      Row(source: #""\"hi\"""#, text: #""hi""#, testDescription: "escaped quotes at both ends"),
      Row(
        source: #""a\b\\c""#, text: #"a\b\\c"#, testDescription: "backslashes escape nothing else"),
      Row(
        source: #""C:\logs\""#, text: #"C:\logs\"#, testDescription: "path with a last backslash"),
      Row(
        source: #""press \"stop\"; then go""#, text: #"press "stop"; then go"#,
        testDescription: "escaped quote and semicolon"),
      Row(
        source: "\"press \\\"stop\\\";\nthen go\"", text: "press \"stop\";\nthen go",
        testDescription: "escaped quote, semicolon and line end"),
    ])
  func readsText(_ row: Row) throws {
    let file = try DBCFile("CM_ \(row.source);\nBO_ 1 M: 8 X\n")
    #expect(file.comment == row.text)
    #expect(file.faults == [])
    #expect(file.messages.count == 1)
  }

  @Test(
    "takes a backslash before the last quote of a statement as a character",
    arguments: [
      #"BA_ "Path" "C:\";"#, #"BA_ "Path" "C:\" ;"#, #"BA_ "Path" "C:\""#,
      "BA_ \"Path\" \"C:\\\";\nBA_ \"Other\" \"D:\\\";", "BA_ \"Path\" \"C:\\\"\nVAL_ 1 S 0 \"\";",
    ])
  func lastBackslash(statements: String) throws {
    let file = try DBCFile("BO_ 1 M: 8 X\n\(statements)")
    #expect(file.attribute("Path") == .text(#"C:\"#))
    #expect(file.faults == [])
  }

  @Test(
    "ends a line as any system does", arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
  func lineEnds(lineEnd: String, mark: String) throws {
    let lines = [
      "VERSION \"\"", "NS_ :", "\tCM_", "BS_:", "BU_: A", " B", "BO_ 1 M: 8 A",
      " SG_ S : 0|8@1+ (1,0) [0|0] \"\" A", " SG_ T : 8|8@1+ (1,0) [0|0] \"\" A,", " B",
      "CM_ \"two", "lines\";", "BO_ 2 N: 8 A", " SG_ U : 60|8@1+ (1,0) [0|0] \"\" A",
    ]
    let short = try DBCFile(mark + lines.dropLast().joined(separator: lineEnd))
    #expect(short.nodes == ["A", "B"])
    #expect(short.messages.first?.signals.map(\.receivers) == [["A"], ["A", "B"]])
    #expect(short.comment == "two\nlines")
    let long = try DBCFile(mark + lines.joined(separator: lineEnd))
    #expect(
      long.faults.map(\.description).first?.hasPrefix("house.dbc:14:2: signal 'U' reaches bit 67")
        == true)
  }

  @Test("counts columns after a byte order mark")
  func columns() {
    let message = DBCFile.refusal(of: "\u{FEFF}BO_ x M: 8 X")
    #expect(message == "house.dbc:1:5: found 'x', expected the number of a message")
  }

  @Test(
    "reads names as tools write them",
    arguments: ["S", "_s", "12V_Supply", "2017", "1E5", "2017_5", "Größe", "BO_2"])
  func names(name: String) throws {
    let file = try DBCFile(
      "BU_: \(name)\nBO_ 1 \(name): 8 \(name)\n SG_ \(name) : 0|8@1+ (1,0) [0|0] \"\" \(name)\n"
        + "CM_ SG_ 1 \(name) \"its comment\";\n")
    let message = try #require(file.messages.first)
    #expect(file.nodes == [name])
    #expect(message.name == name)
    #expect(message.sender == name)
    #expect(message.signals.map(\.name) == [name])
    #expect(message.signals.map(\.receivers) == [[name]])
    #expect(message.signals.map(\.comment) == ["its comment"])
  }

  @Test("reads over // comments")
  func comments() throws {
    let file = try DBCFile(
      "// BO_ 2 N: 8 X\nBO_ 1 M: 8 X // here\n// SG_\n SG_ S : 0|8@1+ (1,0) [0|0] \"//\" X//")
    #expect(file.messages.map(\.name) == ["M"])
    #expect(file.messages.first?.signals.map(\.unit) == ["//"])
  }

  @Test("needs no blanks where marks divide")
  func tight() throws {
    let file = try DBCFile(
      "BO_ 1 M:8 X\nSG_ S m1:0|8@1+(.5,-1.)[0|1]\"V\"X,Y\nSG_ T M:8|8@1+(1,0)[0|1]\"\"X")
    let signal = try #require(file.messages.first?.signals.first)
    #expect(signal.factor == ExactDecimal("0.5"))
    #expect(signal.offset == ExactDecimal("-1"))
    #expect(signal.receivers == ["X", "Y"])
  }
}
