import BusbarApp

/// Standard output for commands that print one text.
enum CommandOutput {
  /// Writes a text; a reader that went away is no fault.
  static func write(_ text: String) throws {
    var bytes = Array(text.utf8)
    do {
      try StandardOutput().flush(&bytes)
    } catch OutputError.closed {
      // What is said after it, the exit status, counts nevertheless.
    }
  }
}
