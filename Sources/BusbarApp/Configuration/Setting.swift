/// One thing about the gateway that can be set: in `busbar.yaml`, by a flag, by a variable.
///
/// The one list of them: reading, checking, help and `docs/configuration.md` are made from it.
package enum Setting: String, CaseIterable, Hashable, Sendable {
  case batteryId
  case batteryName
  case source
  case dialect
  case nominalVoltage
  case cellPaths
  case replaySpeed
  case replayLoop
  case inputFormat
  case utcOffset
  case destination
  case tokenFile
  case tlsFingerprint
  case recorderStore
  case recorderKeep
  case recorderMaxSize
  case recorderCommitSeconds
  case logLevel
  case stateFolder
  case statusSocket

  /// Where in the file a setting stands.
  package enum Section: Hashable, Sendable {
    /// In the file itself.
    case top
    /// In each entry of `batteries`.
    case battery
    /// In each entry of `signalk`.
    case signalK
    /// In `recorder`.
    case recorder
  }

  /// What there is to say about a setting.
  package struct Details: Hashable, Sendable {
    package var section: Section
    /// The key in the file.
    package var key: String
    /// The option of `busbar run`.
    package var flag: String
    /// The environment variable.
    package var variable: String
    /// What holds where it is not set, in words; `nil` if it must be set.
    package var fallback: String?
    /// A sentence without its full stop.
    package var meaning: String
    /// A value that is right.
    package var example: String
  }

  /// The row of the table that is about this setting.
  package var details: Details {
    switch self {
    case .batteryId:
      Details(
        section: .battery, key: "id", flag: "--battery-id", variable: "BUSBAR_BATTERY_ID",
        fallback: "house",
        meaning: "The battery's place in Signal K's tree; letters and digits", example: "house")
    case .batteryName:
      Details(
        section: .battery, key: "name", flag: "--name", variable: "BUSBAR_NAME",
        fallback: "made of the id", meaning: "The battery's name for people",
        example: "House battery")
    case .source:
      Details(
        section: .battery, key: "source", flag: "--source", variable: "BUSBAR_SOURCE",
        meaning:
          "Where frames come from: a CAN interface, a log that is replayed as if live, or '-'",
        example: "can0")
    case .dialect:
      Details(
        section: .battery, key: "dialect", flag: "--dialect", variable: "BUSBAR_DIALECT",
        fallback: "auto",
        meaning: "A name from 'busbar dialects', a DBC file, or 'auto': found out from the frames, "
          + "kept in the state folder, and watched", example: "rec")
    case .nominalVoltage:
      Details(
        section: .battery, key: "nominal_voltage", flag: "--nominal-voltage",
        variable: "BUSBAR_NOMINAL_VOLTAGE", fallback: "none: capacities are not published",
        meaning: "The pack's nominal voltage in volt; Signal K counts capacities in joule",
        example: "25.6")
    case .cellPaths:
      Details(
        section: .battery, key: "cells", flag: "--cells", variable: "BUSBAR_CELLS",
        fallback: "cells",
        meaning: "Where the values of single cells go in Signal K's tree: cells, cellVoltages or "
          + "both", example: "both")
    case .replaySpeed:
      Details(
        section: .battery, key: "replay_speed", flag: "--speed", variable: "BUSBAR_SPEED",
        fallback: "1",
        meaning: "How fast a log is replayed: 1 as recorded, N times as fast, or max",
        example: "10")
    case .replayLoop:
      Details(
        section: .battery, key: "replay_loop", flag: "--loop", variable: "BUSBAR_LOOP",
        fallback: "false", meaning: "Whether a log begins again when it ends", example: "true")
    case .inputFormat:
      Details(
        section: .battery, key: "input_format", flag: "--input-format",
        variable: "BUSBAR_INPUT_FORMAT", fallback: "found out from the content",
        meaning: "The format of a log that is replayed, as 'busbar convert --to' names it",
        example: "candump")
    case .utcOffset:
      Details(
        section: .battery, key: "utc_offset", flag: "--utc-offset", variable: "BUSBAR_UTC_OFFSET",
        fallback: "0", meaning: "The zone of dates in a log that name none: hours east of UTC",
        example: "-3.5")
    case .destination:
      Details(
        section: .signalK, key: "to", flag: "--signalk", variable: "BUSBAR_SIGNALK",
        meaning: "A Signal K server, 'auto' to look for one, 'listen:0.0.0.0:10112' to be asked by "
          + "one, or 'stdout' for each delta on a line", example: "auto")
    case .tokenFile:
      Details(
        section: .signalK, key: "token_file", flag: "--token-file",
        variable: "BUSBAR_TOKEN_FILE", fallback: "none: the server is asked for access",
        meaning: "A file that holds the server's access token and nothing else",
        example: "signalk.token")
    case .tlsFingerprint:
      Details(
        section: .signalK, key: "tls_fingerprint", flag: "--tls-fingerprint",
        variable: "BUSBAR_TLS_FINGERPRINT", fallback: "none: a certificate that the system trusts",
        meaning: "The SHA-256 fingerprint of the certificate that a wss:// server must show, or "
          + "'first-use' for whatever it shows first",
        example: "\"12:34:…\"")
    case .recorderStore:
      Details(
        section: .recorder, key: "store", flag: "--record", variable: "BUSBAR_RECORD",
        fallback: "nothing is recorded; recording.busbar in the state folder if there is a block",
        meaning: "The file in which every frame of every source is kept",
        example: "/var/lib/busbar/recording.busbar")
    case .recorderKeep:
      Details(
        section: .recorder, key: "keep", flag: "--keep", variable: "BUSBAR_KEEP",
        fallback: "everything", meaning: "Delete what is older, such as 2y, 90d or 12h",
        example: "2y")
    case .recorderMaxSize:
      Details(
        section: .recorder, key: "max_size", flag: "--max-size", variable: "BUSBAR_MAX_SIZE",
        fallback: "none", meaning: "Delete the oldest when the file is larger, such as 500M or 4G",
        example: "4G")
    case .recorderCommitSeconds:
      Details(
        section: .recorder, key: "commit_seconds", flag: "--commit-seconds",
        variable: "BUSBAR_COMMIT_SECONDS", fallback: "10",
        meaning: "How often frames are brought to the disk: what a power cut takes at most",
        example: "60")
    case .logLevel:
      Details(
        section: .top, key: "log_level", flag: "--log-level", variable: "BUSBAR_LOG_LEVEL",
        fallback: "info",
        meaning: "The least important lines that are logged: debug, info, notice, warning or error",
        example: "notice")
    case .stateFolder:
      Details(
        section: .top, key: "state_folder", flag: "--state-folder",
        variable: "BUSBAR_STATE_FOLDER",
        fallback: "$STATE_DIRECTORY, else $XDG_STATE_HOME/busbar, else ~/.local/state/busbar",
        meaning: "Where what was found out outlives a restart", example: "/var/lib/busbar")
    case .statusSocket:
      Details(
        section: .top, key: "status_socket", flag: "--status-socket",
        variable: "BUSBAR_STATUS_SOCKET",
        fallback: "$RUNTIME_DIRECTORY/status.sock, else $XDG_RUNTIME_DIR/busbar/status.sock, "
          + "else /run/busbar/status.sock",
        meaning: "Where 'busbar status' asks; 'off' for nowhere", example: "/run/busbar/status.sock"
      )
    }
  }

  /// The settings of one section, in the order of the table.
  package static func all(in section: Section) -> [Self] {
    allCases.filter { $0.details.section == section }
  }
}
