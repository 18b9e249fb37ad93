import DBC
import Testing

@Suite("The encoding of a DBC file")
struct EncodingTests {
  /// The bytes of a unit, what they mean, and why they are in the table.
  struct Row: Sendable, CustomTestStringConvertible {
    var bytes: [UInt8]
    var text: String
    var testDescription: String
  }

  @Test(
    "is found for each character",
    arguments: [
      Row(bytes: [0x56], text: "V", testDescription: "ASCII"),
      Row(bytes: [0xC2, 0xB0, 0x43], text: "°C", testDescription: "UTF-8"),
      Row(bytes: [0xB0, 0x43], text: "°C", testDescription: "code page 1252"),
      Row(bytes: [0xB0, 0x43, 0xC2, 0xB0], text: "°C°", testDescription: "both, in a merged file"),
      Row(bytes: [0x80], text: "€", testDescription: "where 1252 differs from Latin 1"),
      Row(bytes: [0x9F, 0xA0, 0xFF], text: "Ÿ\u{A0}ÿ", testDescription: "ends of its ranges"),
      Row(bytes: [0x81], text: "\u{FFFD}", testDescription: "a byte that 1252 does not have"),
      Row(bytes: [0xE2, 0x84, 0x41], text: "â„A", testDescription: "broken UTF-8 sequence"),
      Row(bytes: [0xF0, 0x9F, 0x94, 0x8B], text: "\u{1F50B}", testDescription: "four bytes"),
    ])
  func unit(_ row: Row) throws {
    let head = Array("BO_ 1 M: 8 X\n SG_ S : 0|8@1+ (1,0) [0|0] \"".utf8)
    for mark in [[], Array("\u{FEFF}".utf8)] {
      let file = try DBCFile(parsing: mark + head + row.bytes + Array("\" X\n".utf8), name: "a.dbc")
      #expect(file.messages.first?.signals.map(\.unit) == [row.text])
    }
  }
}
