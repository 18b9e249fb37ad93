import BatteryModel

/// What flags and environment variables say; a flag goes before a variable, both before the file.
package struct ConfigurationOverrides: Sendable {
  private(set) var values: [Setting: SettingValue] = [:]
  /// Lines about variables that look like ours and are not.
  private(set) var warnings: [String] = []

  /// Variables that are no settings.
  private static let otherVariables = ["BUSBAR_CONFIG"]

  /// Collects them.
  ///
  /// - Parameters:
  ///   - flags: What was given on the command line.
  ///   - environment: The process's variables.
  package init(flags: [Setting: String] = [:], environment: [String: String] = [:]) {
    for setting in Setting.allCases {
      let details = setting.details
      if let text = flags[setting] {
        values[setting] = SettingValue(text, .flag(details.flag))
      } else if let text = environment[details.variable], !text.isEmpty {
        values[setting] = SettingValue(text, .variable(details.variable))
      }
    }
    let known = Setting.allCases.map(\.details.variable) + Self.otherVariables
    for name in environment.keys.sorted() where name.hasPrefix("BUSBAR_") && !known.contains(name) {
      // Others may use the prefix; what is nearly one of ours is probably meant to be it.
      if let near = Spelling.nearest(to: name, among: known) {
        warnings.append("\(name): not a variable that is known; did you mean \(near)?")
      }
    }
  }

  /// Whether source and destination are both said, so that no file is needed.
  var areComplete: Bool { values[.source] != nil && values[.destination] != nil }
}
