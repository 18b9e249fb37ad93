/// What somebody wrote for a setting, and where.
package struct SettingValue: Hashable, Sendable {
  package var text: String
  package var origin: SettingOrigin

  package init(_ text: String, _ origin: SettingOrigin) {
    self.text = text
    self.origin = origin
  }
}

/// Where something was written.
package enum SettingOrigin: Hashable, Sendable {
  /// In a file; line and column count from 1.
  case file(line: Int, column: Int)
  /// As an option of the command, such as `--source`.
  case flag(String)
  /// In an environment variable, such as `BUSBAR_SOURCE`.
  case variable(String)
  /// Nowhere: it is about the whole.
  case nowhere

  /// The place, as messages begin with it: `busbar.yaml:3:5`, `--source` or `BUSBAR_SOURCE`.
  func text(file: String?) -> String? {
    switch self {
    case .file(let line, let column): "\(file ?? "busbar.yaml"):\(line):\(column)"
    case .flag(let name), .variable(let name): name
    case .nowhere: file
    }
  }
}

/// Something that cannot be used as it is written.
package struct ConfigurationMistake: Error, Hashable, Sendable {
  /// Who has to put it right.
  package enum Kind: Hashable, Sendable {
    /// Whoever wrote the configuration.
    case setting
    /// The machine: a disk that is full, a folder that may not be written.
    case outside
  }

  package var origin: SettingOrigin
  /// What is wrong and what would be right, in one line.
  package var message: String
  package var kind: Kind

  package init(_ origin: SettingOrigin, _ message: String, kind: Kind = .setting) {
    self.origin = origin
    self.message = message
    self.kind = kind
  }

  /// The whole line, such as `busbar.yaml:3:5: unknown key 'nmae'; did you mean 'name'?`.
  package func line(file: String?) -> String {
    let line = origin.text(file: file).map { "\($0): \(message)" } ?? message
    // What users wrote is part of it, and must not break the line or command the terminal.
    return String(
      String.UnicodeScalarView(
        line.unicodeScalars.map { scalar in
          scalar.properties.generalCategory == .control ? "?" : scalar
        }))
  }
}
