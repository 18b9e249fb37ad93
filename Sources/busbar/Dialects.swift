import ArgumentParser
import BMSDialects
import BusbarApp

/// `busbar dialects`: what Busbar can decode.
struct Dialects: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the dialects that Busbar knows.",
    discussion: """
      Examples:
        busbar dialects                 one line for each dialect
        busbar dialects --markdown      the reference in docs/dialects.md
        busbar dialects --dbc rec       the DBC file itself, for SavvyCAN or cantools
      """)

  @Flag(help: "Print the whole reference as Markdown.")
  var markdown = false

  @Option(
    help: ArgumentHelp("Print the DBC file of a dialect.", valueName: "name"),
    completion: .list(DialectAtlas.names))
  var dbc: String?

  func run() throws {
    if let dbc {
      guard DialectAtlas.names.contains(dbc) else {
        throw CommandFailure(try DialectOption.unknown(dbc), .wrongCommand)
      }
      try write(DialectAtlas.contents(of: dbc))
    } else if markdown {
      try write(Array(DialectReference.markdown(DialectAtlas.dialects).utf8))
    } else {
      try write(Array(DialectReference.list(DialectAtlas.dialects).utf8))
    }
  }

  private func write(_ bytes: [UInt8]) throws {
    var text = bytes
    do throws(OutputError) {
      try StandardOutput().flush(&text)
    } catch {
      if error != .closed { throw CommandFailure(error, .outsideFailed) }
    }
  }
}

extension DialectOption {
  /// The error for a name that no dialect has.
  static func unknown(_ name: String) throws -> DialectChoiceError {
    .unknownName(
      name, suggestion: DialectAtlas.nearestName(to: name), names: DialectAtlas.names)
  }
}
