/// One line of a screen: pieces of text, each with its look.
///
/// Every character takes one column: texts from outside go through ``ScreenText`` first.
package struct ScreenLine: Hashable, Sendable {
  package struct Run: Hashable, Sendable {
    package var text: String
    package var style: ScreenStyle
  }

  package private(set) var runs: [Run] = []
  /// In columns.
  package private(set) var width = 0

  package init() {}

  init(_ text: String, _ style: ScreenStyle = .plain) { append(text, style) }

  mutating func append(_ text: String, _ style: ScreenStyle = .plain) {
    guard !text.isEmpty else { return }
    width += text.unicodeScalars.count
    if let last = runs.last, last.style == style {
      runs[runs.count - 1].text += text
    } else {
      runs.append(Run(text: text, style: style))
    }
  }

  mutating func append(_ line: ScreenLine) {
    for run in line.runs { append(run.text, run.style) }
  }

  /// Appends at the left end of `columns` columns; what does not fit is cut off.
  mutating func appendLeft(_ text: String, _ columns: Int, _ style: ScreenStyle = .plain) {
    let fitting = ScreenText.cut(text, columns)
    append(fitting, style)
    append(ScreenText.blanks(columns - fitting.unicodeScalars.count))
  }

  /// Appends at the right end of `columns` columns; what does not fit is cut off.
  mutating func appendRight(_ text: String, _ columns: Int, _ style: ScreenStyle = .plain) {
    let fitting = ScreenText.cut(text, columns)
    append(ScreenText.blanks(columns - fitting.unicodeScalars.count))
    append(fitting, style)
  }

  /// Blanks up to a column.
  mutating func fill(to column: Int, _ style: ScreenStyle = .plain) {
    append(ScreenText.blanks(column - width), style)
  }

  /// The line's first columns.
  func cut(to columns: Int) -> ScreenLine {
    guard width > columns else { return self }
    var line = ScreenLine()
    for run in runs where line.width < columns {
      line.append(ScreenText.cut(run.text, columns - line.width), run.style)
    }
    return line
  }

  /// The text without its looks.
  package var text: String { runs.map(\.text).joined() }
}
