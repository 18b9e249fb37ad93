import BusbarApp
import Testing

/// Bytes of a terminal become keys.
@Suite("Keys")
struct KeyReaderTests {
  @Test(
    "sequences become keys, however they are cut",
    arguments: [
      ("q", [MonitorKey.character("q")]), ("\u{1B}[A\u{1B}[B", [.up, .down]),
      ("\u{1B}OA", [.up]), ("\u{1B}[5~\u{1B}[6~", [.pageUp, .pageDown]),
      ("\u{1B}[H\u{1B}[4~", [.home, .end]), ("\r", [.enter]),
      ("\u{7F}\u{8}", [.backspace, .backspace]),
      ("\u{C}", [.redraw]), ("\u{1B}q", [.escape, .character("q")]),
      // A mouse, a function key, an unknown sequence: nothing, and no rest of them as letters.
      ("\u{1B}[<0;10;10Mj", [.character("j")]), ("\u{1B}[15~", []),
      ("\u{1B}[1;5C/", [.character("/")]),
      ("\u{E4}\u{0}\u{1}", []),
    ])
  func reads(text: String, keys: [MonitorKey]) {
    let bytes = Array(text.utf8)
    for cut in 0...bytes.count {
      var reader = KeyReader()
      #expect(reader.read(bytes.prefix(cut)) + reader.read(bytes.dropFirst(cut)) == keys)
    }
  }

  @Test("an Escape is the key only when nothing follows")
  func escape() {
    var reader = KeyReader()
    #expect(reader.read([0x1B]) == [])
    #expect(reader.pause() == .escape)
    #expect(reader.read([0x1B, UInt8(ascii: "[")]) == [])
    #expect(reader.pause() == nil)
    #expect(reader.read([UInt8(ascii: "j")]) == [.character("j")])
  }

  @Test("a sequence without an end does not swallow keys for ever")
  func endless() {
    var reader = KeyReader()
    let digits = [UInt8](repeating: UInt8(ascii: "1"), count: 40)
    let keys = reader.read([0x1B, UInt8(ascii: "[")] + digits)
    #expect(keys.contains(.character("1")))
  }
}
