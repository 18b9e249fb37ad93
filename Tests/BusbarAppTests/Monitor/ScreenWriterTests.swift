import Testing

@testable import BusbarApp

/// What is sent to the terminal.
@Suite("Screen writer")
struct ScreenWriterTests {
  @Test("the first picture is sent whole, later ones only where they differ")
  func differences() {
    var writer = ScreenWriter(hasColour: true)
    let first = [ScreenLine("one"), ScreenLine("two"), ScreenLine("three")]
    let whole = String(decoding: writer.bytes(for: first), as: UTF8.self)
    for word in ["one", "two", "three"] { #expect(whole.contains(word)) }
    #expect(writer.bytes(for: first) == [])
    var second = first
    second[1] = ScreenLine("zwei")
    let change = String(decoding: writer.bytes(for: second), as: UTF8.self)
    #expect(
      change
        == "\u{1B}[?2026h\u{1B}[2;1H\u{1B}[0m\u{1B}[K\u{1B}[0mzwei\u{1B}[0m\u{1B}[?2026l")
    writer.forget()
    #expect(String(decoding: writer.bytes(for: second), as: UTF8.self).contains("three"))
  }

  @Test("NO_COLOR keeps bold and reversed text and sends no colour", arguments: [true, false])
  func colours(hasColour: Bool) {
    var writer = ScreenWriter(hasColour: hasColour)
    let text = String(
      decoding: writer.bytes(for: [ScreenLine("1F", .changed), ScreenLine("x", .alarm)]),
      as: UTF8.self)
    #expect(text.contains(hasColour ? "\u{1B}[0;7;33m1F" : "\u{1B}[0;7m1F"))
    #expect(text.contains(hasColour ? "\u{1B}[0;1;31mx" : "\u{1B}[0;1mx"))
  }

  @Test(
    "what a terminal can do follows from its environment",
    arguments: [
      ([:], false, false, false), (["TERM": "dumb", "LANG": "C.UTF-8"], false, false, true),
      (["TERM": "xterm", "LANG": "de_DE.utf8"], true, true, true),
      (["TERM": "xterm", "NO_COLOR": "1"], true, false, false),
      (["TERM": "xterm", "NO_COLOR": ""], true, true, false),
      (["TERM": "vt220"], true, false, false),
      (["TERM": "xterm", "LC_ALL": "C", "LANG": "en_US.UTF-8"], true, true, false),
    ] as [([String: String], Bool, Bool, Bool)])
  func surroundings(
    environment: [String: String], canDraw: Bool, hasColour: Bool, hasUnicode: Bool
  ) {
    let surroundings = TerminalSurroundings(environment)
    #expect(surroundings.canDraw == canDraw)
    #expect(surroundings.hasColour == hasColour)
    #expect(surroundings.hasUnicode == hasUnicode)
  }

  @Test(
    "lengths of time in few characters",
    arguments: [
      (0, "0 ms"), (151_000_000, "151 ms"), (2_718_000_000, "2.72 s"), (45_400_000_000, "45 s"),
      (600_000_000_000, "10 min"), (12_600_000_000_000, "3.5 h"), (345_600_000_000_000, "4 d"),
      (-5, "0 ms"),
    ])
  func durations(nanoseconds: Int64, text: String) {
    #expect(ScreenText.duration(nanoseconds) == text)
  }
}
