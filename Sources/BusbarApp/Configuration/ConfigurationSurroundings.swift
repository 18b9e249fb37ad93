import CANInterfaces
import Foundation

/// What the meaning of a configuration depends on beside its text.
package struct ConfigurationSurroundings: Sendable {
  /// The folder that relative paths of the file begin at; `nil` for the working directory.
  package var folder: String?
  /// The process's variables, for the places that systemd and the desktop give to a program.
  package var environment: [String: String]

  package init(folder: String? = nil, environment: [String: String]) {
    self.folder = folder
    self.environment = environment
  }

  /// A path of the file, as the working directory has it.
  ///
  /// What systemd hands over as a credential goes first: its folder has no name that could be
  /// written into a file.
  func path(_ value: SettingValue, isSecret: Bool = false) -> String {
    guard !value.text.hasPrefix("/") else { return value.text }
    if isSecret, !value.text.contains("/"), let folder = environment["CREDENTIALS_DIRECTORY"],
      FileManager.default.fileExists(atPath: "\(folder)/\(value.text)")
    {
      return "\(folder)/\(value.text)"
    }
    guard case .file = value.origin, let folder, !folder.isEmpty, folder != "." else {
      return value.text
    }
    return "\(folder)/\(value.text)"
  }

  /// A source's name: a relative path of a file that exists is meant from the file's folder.
  func source(_ value: SettingValue) -> String {
    let path = path(value)
    let isFile = ThisMachine().kind(ofPath: path) == .file
    return isFile && !value.text.isEmpty && value.text != "-" ? path : value.text
  }

  /// Where state is kept if nobody says where.
  var stateFolder: String? {
    if let folder = systemdFolder("STATE_DIRECTORY") { return folder }
    if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") {
      return "\(folder)/busbar"
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return "\(home)/.local/state/busbar"
  }

  /// Where the status socket is if nobody says where.
  package var statusSocket: String {
    if let folder = systemdFolder("RUNTIME_DIRECTORY") { return "\(folder)/status.sock" }
    if let folder = environment["XDG_RUNTIME_DIR"], folder.hasPrefix("/") {
      return "\(folder)/busbar/status.sock"
    }
    return "/run/busbar/status.sock"
  }

  /// systemd lists several folders with colons between; the first is ours.
  private func systemdFolder(_ variable: String) -> String? {
    environment[variable]?.split(separator: ":").first.map(String.init)
  }
}
