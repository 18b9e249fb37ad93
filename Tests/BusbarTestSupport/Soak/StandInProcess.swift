import Foundation

/// A stand-in server in a process of its own, for programs whose own memory is looked at.
package final class StandInProcess: Sendable {
  /// Where it listens.
  package let url: String
  private let process = Process()
  private let words = Pipe()
  private let answers = Pipe()

  /// Starts it.
  package init() throws {
    process.executableURL = Command.products.appending(path: "signalk-stand-in")
    process.standardInput = words
    process.standardOutput = answers
    try process.run()
    url = Self.line(from: answers.fileHandleForReading)
  }

  /// Says a word and waits until it is done.
  package func obey(_ word: String) {
    words.fileHandleForWriting.write(Data("\(word)\n".utf8))
    _ = Self.line(from: answers.fileHandleForReading)
  }

  /// Ends the program.
  package func stop() {
    try? words.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// The program's answers are short, and come one at a time.
  private static func line(from file: FileHandle) -> String {
    String(decoding: file.availableData, as: UTF8.self).trimmingCharacters(in: .newlines)
  }
}
