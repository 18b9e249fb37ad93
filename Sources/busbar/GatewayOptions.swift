import ArgumentParser
import BMSDialects
import BusbarApp
import Foundation

/// The options of `busbar run` that say what a configuration file says, too.
struct GatewayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The configuration file.",
      discussion: "Without it: $BUSBAR_CONFIG, busbar.yaml here, /etc/busbar/busbar.yaml; none of "
        + "them if both --source and --signalk are given.", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var config: String?

  @Option(help: "A CAN interface, a log file that is replayed as if live, or '-'.")
  var source: String?

  @Option(
    help: ArgumentHelp(
      "A Signal K server, 'auto' to look for one, 'listen:ADDRESS:PORT' to be asked by one, or "
        + "'stdout' to print each delta on a line.", valueName: "ws://host:port|auto|stdout"))
  var signalk: String?

  @Option(
    help: ArgumentHelp(
      "The dialect to decode with: a name from 'busbar dialects', or the path of a DBC file.",
      discussion: "Without it the dialect is found out from the frames, and said.",
      valueName: "name|file.dbc"),
    completion: .list(DialectAtlas.names))
  var dialect: String?

  @Option(help: "The battery's place in Signal K's tree; letters and digits (default: house).")
  var batteryId: String?

  @Option(help: "The battery's name for people, such as 'House battery'.")
  var name: String?

  @Option(
    help: ArgumentHelp(
      "The pack's nominal voltage; capacities are published with it, in joule.",
      valueName: "volt"))
  var nominalVoltage: String?

  @Option(
    help: ArgumentHelp(
      "Where single cells go in Signal K's tree: cells, cellVoltages or both.",
      valueName: "place"))
  var cells: String?

  @Option(
    help: ArgumentHelp("A file that holds the server's access token.", valueName: "file"),
    completion: .file())
  var tokenFile: String?

  @Option(
    help: ArgumentHelp(
      "The SHA-256 fingerprint of the certificate that a wss:// server must show, or 'first-use'.",
      valueName: "hex"))
  var tlsFingerprint: String?

  @Option(
    help: ArgumentHelp(
      "How fast to replay a log: 1 as recorded, N times as fast, or max.", valueName: "1|N|max"))
  var speed: String?

  @Flag(help: "Begin a log again when it ends.")
  var loop = false

  @Option(
    help: ArgumentHelp(
      "The format of a log; without it that is found out from the content.", valueName: "format"))
  var inputFormat: String?

  @Option(
    help: ArgumentHelp(
      "The zone of dates in a log that name none: hours east of UTC, such as 1 or -3.5.",
      valueName: "hours"))
  var utcOffset: String?

  @Option(
    help: ArgumentHelp(
      "Record every frame of every source into this file.", valueName: "file"),
    completion: .file())
  var record: String?

  @Option(
    help: ArgumentHelp(
      "Delete from the recording what is older, such as 2y or 90d.", valueName: "age"))
  var keep: String?

  @Option(
    help: ArgumentHelp(
      "Delete the oldest when the recording is larger, such as 4G.", valueName: "size"))
  var maxSize: String?

  @Option(
    help: ArgumentHelp("How often the recording is brought to the disk.", valueName: "seconds"))
  var commitSeconds: String?

  @Option(
    help: ArgumentHelp(
      "The least important lines to log: debug, info, notice, warning or error.",
      valueName: "level"))
  var logLevel: String?

  @Option(
    help: ArgumentHelp("Where what was found out outlives a restart.", valueName: "folder"),
    completion: .directory)
  var stateFolder: String?

  @Option(
    help: ArgumentHelp("Where 'busbar status' asks; 'off' for nowhere.", valueName: "path"))
  var statusSocket: String?

  /// What was given.
  var flags: [Setting: String] {
    [
      Setting.source: source, .destination: signalk, .dialect: dialect, .batteryId: batteryId,
      .batteryName: name, .nominalVoltage: nominalVoltage, .cellPaths: cells,
      .tokenFile: tokenFile, .recorderStore: record, .recorderKeep: keep,
      .recorderMaxSize: maxSize, .recorderCommitSeconds: commitSeconds,
      .tlsFingerprint: tlsFingerprint, .replaySpeed: speed, .replayLoop: loop ? "true" : nil,
      .inputFormat: inputFormat, .utcOffset: utcOffset,
      .logLevel: logLevel, .stateFolder: stateFolder, .statusSocket: statusSocket,
    ].compactMapValues { $0 }
  }
}
