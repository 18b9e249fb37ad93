import BusbarTestSupport
import Foundation
import Testing

@Suite("Documents say what the program does", .timeLimit(.minutes(3)))
struct DocumentTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test("docs/dialects.md is what busbar prints")
  func dialects() async throws {
    let outcome = try await Command.busbar("dialects", "--markdown")
    let document = try String(
      contentsOf: Self.root.appending(path: "docs/dialects.md"), encoding: .utf8)
    #expect(
      outcome.output == document, "run: swift run busbar dialects --markdown > docs/dialects.md")
  }

  /// A command in the README and the block below it.
  struct Example: Sendable, CustomTestStringConvertible {
    var command: String
    var output: String
    var testDescription: String { command }
  }

  @Test("the README's outputs are what its commands print", arguments: try examples())
  func readme(_ example: Example) async throws {
    let line = example.command.replacing("busbar ", with: "\"$BUSBAR\" ", maxReplacements: 1)
    let outcome = try await Command.shell(line, folder: Self.root)
    #expect(outcome.status == 0)
    #expect(outcome.output == example.output)
  }

  @Test("the README has less than 200 lines")
  func readmeIsShort() throws {
    let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count < 200)
  }

  @Test(
    "every command helps with examples",
    arguments: [
      [], ["decode"], ["identify"], ["run"], ["convert"], ["dialects"], ["dialects", "show"],
      ["status"], ["config"], ["config", "init"], ["config", "check"], ["config", "reference"],
      ["monitor"], ["record"], ["import"], ["export"], ["store", "info"], ["store", "verify"],
      ["query"], ["events"], ["follow"], ["simulate"], ["demo"],
    ])
  func help(command: [String]) async throws {
    let outcome = try await Command.shell("\"$BUSBAR\" \(command.joined(separator: " ")) --help")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Examples:"))
  }

  /// Every block that follows a comment `output of: …`.
  static func examples() throws -> [Example] {
    let text = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    return text.split(separator: "<!-- output of: ").dropFirst().compactMap { part in
      guard let end = part.firstRange(of: " -->\n```\n") else { return nil }
      let rest = part[end.upperBound...]
      guard let close = rest.firstRange(of: "```\n") else { return nil }
      return Example(
        command: String(part[..<end.lowerBound]), output: String(rest[..<close.lowerBound]))
    }
  }
}
