import BatteryModel
import Testing

@Suite("Text that messages quote")
struct OneLineTests {
  @Test(
    "has no line breaks and commands nothing at a terminal",
    arguments: [
      ("plain", "plain"), ("", ""), ("Überdruck ☀️", "Überdruck ☀️"), ("a\nb", "a b"),
      ("a\r\nb", "a  b"), ("\u{1B}[2Jgone", " [2Jgone"), ("\u{9B}2J\u{85}", " 2J "),
      ("a\u{2028}b\u{2029}", "a b "), ("\0\t\u{7F}", "   "),
    ])
  func isOneLine(text: String, shown: String) {
    #expect(text.onOneLine == shown)
  }
}
