import ArgumentParser
import BMSDialects
import BusbarApp

/// `--dialect`, as every command that decodes has it.
struct DialectOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The dialect to decode with: a name from 'busbar dialects', or the path of a DBC file.",
      discussion: "Without it the dialect is decided from the frames, and said.",
      valueName: "name|file.dbc"),
    completion: .list(DialectAtlas.names))
  var dialect: String?

  /// The dialect that was chosen.
  ///
  /// - Throws: ``CommandFailure`` for a name or a file that is none.
  func choice() throws -> DialectChoice { try Self.choice(dialect) }

  /// A dialect by its name or the path of its file.
  ///
  /// - Throws: ``CommandFailure`` for a name or a file that is none.
  static func dialect(_ text: String) throws -> Dialect {
    guard case .fixed(let dialect) = try choice(text) else {
      throw CommandFailure("no dialect was named", .wrongCommand)
    }
    return dialect
  }

  private static func choice(_ text: String?) throws -> DialectChoice {
    try DialectChoice(text)
  }
}
