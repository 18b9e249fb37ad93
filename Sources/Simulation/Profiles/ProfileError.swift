import BatteryModel

/// What is wrong with a profile, and where.
package struct ProfileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file or the built-in profile.
  package var source: String
  /// Counted from 1; 0 if it is about the whole.
  package var line: Int
  package var column: Int
  /// What is wrong, what was expected, what to write.
  package var text: String

  package init(source: String, line: Int, column: Int, text: String) {
    self.source = source
    self.line = line
    self.column = column
    self.text = text
  }

  package var description: String {
    let place = line == 0 ? source : "\(source):\(line):\(column)"
    return "\(place): \(text)".onOneLine
  }
}
