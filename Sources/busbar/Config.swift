import ArgumentParser
import BusbarApp
import Foundation

/// `busbar config`: the configuration file.
struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes, checks and explains the configuration file.",
    discussion: """
      Examples:
        busbar config init                    writes busbar.yaml from what it finds
        busbar config check                   explains everything that is wrong in it
        busbar config show                    what holds, and where each value comes from
        busbar config reference               every key, flag and variable
      """,
    subcommands: [ConfigInit.self, ConfigCheck.self, ConfigShow.self, ConfigReference.self])
}

/// `busbar config check`: everything that is wrong, with line and column.
struct ConfigCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Explains every mistake in the configuration.",
    discussion: """
      The exit status is 0 if it can be run, 2 if it is wrong, 3 if only the machine is (a folder \
      that cannot be written). What BUSBAR_ variables say is part of what is checked.

      Examples:
        busbar config check
        busbar config check /etc/busbar/busbar.yaml
      """)

  @Argument(
    help: ArgumentHelp("The file; without it, the one that 'busbar run' would read."),
    completion: .file(extensions: ["yaml"]))
  var file: String?

  func run() throws {
    let loader = ConfigurationLoader(
      path: file, environment: ProcessInfo.processInfo.environment)
    let loaded = try loader.load()
    for note in loaded.notes { StandardErrorNotices().tell("busbar: \(note)") }
    try? CommandOutput.write(Self.summary(loaded))
  }

  private static func summary(_ loaded: LoadedConfiguration) -> String {
    let batteries = loaded.settings.batteries.map { "\($0.id) from \($0.source)" }
    let destinations = loaded.settings.destinations.map(\.text)
    return "\(loaded.path ?? "configuration"): good: \(batteries.joined(separator: ", ")); to "
      + "\(destinations.joined(separator: ", "))\n"
  }
}

/// `busbar config show`: the configuration as it is understood.
struct ConfigShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Prints the configuration as it is understood, and where each value comes from.",
    discussion: """
      The file, the options and the BUSBAR_ variables together, with paths as they are used and the \
      defaults of what nobody said. What is printed is a configuration that says the same. What \
      stands in a token file is never printed. The exit status is that of 'busbar config check'.

      Examples:
        busbar config show
        busbar config show --config /etc/busbar/busbar.yaml
        busbar config show --source can0 --signalk auto
      """)

  @OptionGroup var options: GatewayOptions

  func run() throws {
    let loader = ConfigurationLoader(
      path: options.config, flags: options.flags, environment: ProcessInfo.processInfo.environment)
    let loaded = try loader.load()
    for note in loaded.notes { StandardErrorNotices().tell("busbar: \(note)") }
    try? CommandOutput.write(loaded.listing.text(path: loaded.path))
  }
}

/// `busbar config init`: a commented file from what there is.
struct ConfigInit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes a commented configuration from what it finds.",
    discussion: """
      Looks for CAN interfaces and for a Signal K server on this machine; where there is no server \
      it writes 'auto', which looks for one whenever it has none. A file that exists is never \
      overwritten without --force.

      Examples:
        busbar config init
        busbar config init - | less
        sudo busbar config init /etc/busbar/busbar.yaml
      """)

  @Argument(
    help: "Where to write it; '-' for standard output.", completion: .file(extensions: ["yaml"]))
  var file = "busbar.yaml"

  @Flag(help: "Overwrite a file that exists.")
  var force = false

  func run() async throws {
    let text = await ConfigurationTemplate.ofThisMachine().text
    guard file != "-" else { return try CommandOutput.write(text) }
    do {
      try Data(text.utf8).write(
        to: URL(filePath: file), options: force ? .atomic : .withoutOverwriting)
    } catch CocoaError.fileWriteFileExists {
      throw CommandFailure(
        "\(file): exists already; --force overwrites it, '-' only prints", .wrongCommand)
    } catch {
      throw CommandFailure("\(file): cannot be written; look at its folder", .outsideFailed)
    }
    StandardErrorNotices().tell("busbar: wrote \(file); 'busbar config check' looks at it again")
  }
}

/// `busbar config reference`: every key, flag and variable.
struct ConfigReference: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference",
    abstract: "Prints every key, flag and variable, with its default.",
    discussion: """
      The tables of docs/configuration.md, in Markdown.

      Examples:
        busbar config reference
      """)

  func run() throws { try CommandOutput.write(ConfigurationReference.markdown) }
}
