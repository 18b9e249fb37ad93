import ArgumentParser
import BMSDialects
import BusbarApp

/// `busbar dialects`: what Busbar can decode.
struct Dialects: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists, shows and checks dialects.",
    discussion: """
      Examples:
        busbar dialects                      one line for each dialect
        busbar dialects show rec --bits      every message with its bits drawn
        busbar dialects show rec --dbc       the DBC file itself, for SavvyCAN or cantools
        busbar dialects check mine.dbc       what is wrong with a file of your own
      """,
    subcommands: [List.self, Show.self, Check.self], defaultSubcommand: List.self)

  /// `busbar dialects list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One line for each dialect: name, bit rates, title.")

    @Flag(help: "Print the whole reference, docs/dialects.md.")
    var markdown = false

    func run() throws {
      try CommandOutput.write(
        markdown
          ? DialectReference.markdown(DialectAtlas.dialects)
          : DialectReference.list(DialectAtlas.dialects))
    }
  }

  /// `busbar dialects show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Every message and signal of a dialect, with its source.",
      discussion: """
        Examples:
          busbar dialects show victron
          busbar dialects show discover --bits
          busbar dialects show rec --dbc > rec.dbc
        """)

    @Argument(
      help: "A dialect's name, or the path of a DBC file.", completion: .list(DialectAtlas.names))
    var dialect: String

    @Flag(help: "Draw the bits of each message.")
    var bits = false

    @Flag(help: "Print the DBC file of a dialect that is part of Busbar.")
    var dbc = false

    func run() throws {
      if dbc, DialectAtlas.names.contains(dialect) {
        return try CommandOutput.write(
          String(decoding: DialectAtlas.contents(of: dialect), as: UTF8.self))
      }
      let chosen = try DialectOption.dialect(dialect)
      try CommandOutput.write(BitLayout.text(chosen, drawsBits: bits))
    }
  }

  /// `busbar dialects check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says what is wrong with a DBC file, and what Busbar does not use of it.",
      discussion: """
        The status is 0 if nothing was found, 1 if something was, 2 if the file cannot be used.

        Examples:
          busbar dialects check mine.dbc
        """)

    @Argument(help: "The path of a DBC file.", completion: .file(extensions: ["dbc"]))
    var file: String

    func run() throws {
      let check = DialectCheck(try DialectOption.dialect(file))
      try CommandOutput.write(check.text)
      if !check.findings.isEmpty { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }
  }
}
