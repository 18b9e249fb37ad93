import Simulation

/// What `busbar simulate` prints about itself.
enum SimulateTexts {
  /// The built-in profiles, one a line.
  static func profiles() -> String {
    let width = ProfileLibrary.names.map(\.utf8.count).max() ?? 0
    let lines = ProfileLibrary.names.map { name in
      let description = (try? ProfileLibrary.profile(named: name).description) ?? ""
      return name + String(repeating: " ", count: width - name.utf8.count + 2) + description
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
