package import Foundation

/// Runs the built `busbar`, or a shell line with it, as a user would.
package struct Command: Sendable {
  /// What a program printed and how it ended.
  package struct Outcome: Sendable {
    package var status: Int32
    package var output: String
    package var errors: String

    /// The lines on standard error, without empty ones.
    package var errorLines: [String] {
      errors.split(separator: "\n").map(String.init)
    }
  }

  /// The folder that the tests and the program were built into.
  package static let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  package static let executable = products.appending(path: "busbar")

  /// Runs `busbar` with arguments and, if given, bytes on standard input.
  package static func busbar(
    _ arguments: String..., input: some DataProtocol = Data(), folder: URL? = nil
  ) async throws -> Outcome {
    try await run(executable, arguments, input: Data(input), folder: folder)
  }

  package static func busbar(_ arguments: [String], folder: URL) async throws -> Outcome {
    try await run(executable, arguments, input: Data(), folder: folder)
  }

  /// Runs another program that was built beside it.
  package static func product(_ name: String, _ arguments: [String]) async throws -> Outcome {
    try await run(products.appending(path: name), arguments, input: Data(), folder: nil)
  }

  /// Runs a line of bash in which `$BUSBAR` is the program.
  package static func shell(_ line: String, folder: URL? = nil) async throws -> Outcome {
    try await run(URL(filePath: "/bin/bash"), ["-c", line], input: Data(), folder: folder)
  }

  private static func run(
    _ program: URL, _ arguments: [String], input: Data, folder: URL?
  ) async throws -> Outcome {
    let files = try TemporaryFolder()
    let inputFile = try files.file("input", input)
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(
      [
        "BUSBAR": executable.path(),
        // What a gateway keeps and where it listens is this run's own.
        "XDG_RUNTIME_DIR": files.url.path(), "XDG_STATE_HOME": files.url.path(),
      ], uniquingKeysWith: { $1 })
    // Files and not pipes: nothing has to be drained while the program runs.
    let output = try files.file("output", Data())
    let errors = try files.file("errors", Data())
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    // Waiting must not take a thread from the tests beside it.
    try await withCheckedThrowingContinuation {
      (continuation: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in continuation.resume() }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    return Outcome(
      status: process.terminationReason == .exit
        ? process.terminationStatus : 128 + process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}

/// A folder of a test's own, which goes with it.
package final class TemporaryFolder: Sendable {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "busbar-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file into the folder.
  package func file(_ name: String, _ contents: some DataProtocol) throws -> URL {
    let file = url.appending(path: name)
    try Data(contents).write(to: file)
    return file
  }
}
