/// Where something stands in a text file, both counted from 1.
public struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
  public var file: String
  public var line: Int
  /// Counted in bytes of UTF-8.
  public var column: Int

  public var description: String { "\(file):\(line):\(column)" }

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}
