// What statements are about: messages and signals, by number and name.
extension DBCParser {
  /// Reads the number of a message.
  ///
  /// Returns `nil`, and notes the reference, if the file does not have it.
  mutating func messageReference(
    _ statement: String, at location: SourceLocation
  ) throws(DBCError) -> Int? {
    let number = try unsigned("the number of a message")
    if let message = messageIndex[number] { return message }
    note(statement, "message \(number)", location)
    return nil
  }

  /// Reads the number of a message and the name of a signal of it.
  ///
  /// Returns `nil`, and notes the reference, if the file does not have them.
  mutating func signalReference(
    _ statement: String, at location: SourceLocation
  ) throws(DBCError) -> (message: Int, signal: Int)? {
    let number = try unsigned("the number of a message")
    let name = try name("the name of a signal")
    guard let message = messageIndex[number] else {
      note(statement, "message \(number)", location)
      return nil
    }
    guard let signal = signalIndex[message][name] else {
      note(statement, "signal '\(name)' of message \(number)", location)
      return nil
    }
    return (message, signal)
  }

  mutating func note(_ statement: String, _ target: String, _ location: SourceLocation) {
    file.danglingReferences.append(
      DBCDanglingReference(statement: statement, target: target, location: location))
  }
}
