extension String {
  /// The text with a blank for every control character and line break, for a message that quotes
  /// what came from outside: it stays one line, and commands nothing at a terminal.
  package var onOneLine: String {
    var line = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: line.append(" ")
      default: line.append(scalar)
      }
    }
    return String(line)
  }
}
