/// Turns pictures into what a terminal is sent: only the lines that changed, in one piece.
package struct ScreenWriter: Sendable {
  /// Takes the terminal over: its other screen, no cursor, no wrapping at the right edge.
  package static let enter = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l\u{1B}[2J"
  /// Gives the terminal back as it was.
  package static let leave = "\u{1B}[0m\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"

  /// Terminals that know it show nothing until the picture is complete; others ignore it.
  private static let begin = "\u{1B}[?2026h"
  private static let end = "\u{1B}[?2026l"

  private let hasColour: Bool
  private var shown: [ScreenLine] = []

  package init(hasColour: Bool) { self.hasColour = hasColour }

  /// Call when the terminal's content is not known any more: the next picture is sent whole.
  package mutating func forget() { shown = [] }

  /// What has to be sent for `lines` to be shown; empty if they are.
  package mutating func bytes(for lines: [ScreenLine]) -> [UInt8] {
    let isWhole = shown.count != lines.count
    var text = ""
    if isWhole { text += "\u{1B}[0m\u{1B}[2J" }
    for (index, line) in lines.enumerated() where isWhole || shown[index] != line {
      text += "\u{1B}[\(index + 1);1H"
      // Erased first: after the last column an erasure would take that one along.
      if !isWhole { text += "\u{1B}[0m\u{1B}[K" }
      for run in line.runs {
        text += run.style.sequence(hasColour: hasColour) + run.text
      }
    }
    shown = lines
    return text.isEmpty ? [] : Array((Self.begin + text + "\u{1B}[0m" + Self.end).utf8)
  }
}
