import BusbarApp

/// Standard output for commands that print one text.
enum CommandOutput {
  /// Writes a text; a reader that went away is no fault.
  static func write(_ text: String) throws {
    var bytes = Array(text.utf8)
    do throws(OutputError) {
      try StandardOutput().flush(&bytes)
    } catch {
      if error != .closed { throw CommandFailure(error, .outsideFailed) }
    }
  }
}
