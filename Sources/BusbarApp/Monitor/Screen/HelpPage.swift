/// What the keys do and what the looks mean.
enum HelpPage {
  private static let rows: [(String, String)] = [
    ("q, Ctrl-C", "quit"),
    ("p", "pause: the picture stands still, counting goes on"),
    ("b", "the battery of the next bus, if there are several"),
    ("/", "filter by identifier, name or quantity"),
    ("Esc", "back; then no filter; then nothing chosen"),
    ("arrows, j, k", "choose a message; PgUp, PgDn, Home, End jump"),
    ("d, Enter", "the chosen message with its bits; PgDn if there are more"),
    ("Ctrl-L", "draw everything anew"),
    ("Ctrl-Z", "stop; 'fg' comes back"),
    ("?", "this page; again to go back"),
  ]

  static func lines(_ scene: MonitorScene) -> [ScreenLine] {
    var lines = [ScreenLine(" Keys", ScreenStyle(isBold: true, colour: .cyan))]
    for (keys, meaning) in rows {
      var line = ScreenLine()
      line.appendLeft("   " + keys, 18, .bold)
      line.append(meaning)
      lines.append(line)
    }
    lines += [ScreenLine(), ScreenLine(" Looks", ScreenStyle(isBold: true, colour: .cyan))]
    for (sample, style, meaning) in looks {
      var line = ScreenLine("   ")
      line.append(sample, style)
      line.fill(to: 18)
      line.append(meaning)
      lines.append(line)
    }
    lines += [
      ScreenLine(),
      ScreenLine(" A dash is a value that is not known: never said, or not confirmed any more."),
      ScreenLine(" Positive current charges the battery. Nothing is ever sent on the bus."),
    ]
    return lines
  }

  private static let looks: [(String, ScreenStyle, String)] = [
    ("1F", .changed, "a byte that changed a moment ago"),
    ("26.10 V", .dim, "a value that was not confirmed for a while, and will go"),
    ("Doubtful", .doubtful, "a value that cannot be true, and is not shown above"),
  ]
}
