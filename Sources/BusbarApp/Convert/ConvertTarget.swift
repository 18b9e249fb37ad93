package import CANFrames
package import CANInterfaces

/// Where a converted log goes, and as what.
package struct ConvertTarget: Hashable, Sendable {
  /// The path; `-` for standard output.
  package var path: String
  package var format: LogFormat
  /// `nil` for none.
  package var compression: Compression?

  /// The formats by the endings of their files' names.
  private static let formats: [(ending: String, format: LogFormat)] = [
    (".log", .candump), (".candump", .candump), (".txt", .candumpText), (".asc", .asc),
    (".trc", .trc), (".pcap", .pcap), (".pcapng", .pcapng), (".blf", .blf),
  ]
  /// Formats whose files all end with `.csv`.
  private static let tables: [LogFormat] = [.gvret, .pythonCAN, .cabana]

  /// - Parameters:
  ///   - path: Its endings say what to write: `out.asc`, `out.log.zst`.
  ///   - format: The format, if it was asked for.
  /// - Throws: If neither tells the format.
  package init(_ path: String, format: LogFormat?) throws(ConvertError) {
    let asked = Compression.asked(by: path)
    let name = (asked?.rest ?? path).lowercased()
    self.path = path
    compression = asked?.compression
    if let format {
      self.format = format
    } else if let known = Self.formats.first(where: { name.hasSuffix($0.ending) }) {
      self.format = known.format
    } else if name.hasSuffix(".csv") {
      throw .noFormat(path, Self.tables)
    } else {
      throw .noFormat(path, LogFormat.allCases)
    }
  }

  /// How to call it in messages.
  package var name: String { path == "-" ? "standard output" : path }
}
