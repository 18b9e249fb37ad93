import Foundation

/// Where the recording is when nobody says.
package enum StoreLocation {
  /// The default path, whose directory is made if it is missing.
  ///
  /// Under systemd with `StateDirectory=` that directory; otherwise `busbar` in `$XDG_DATA_HOME`, or
  /// in `~/.local/share`.
  package static func standard(
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    let folder: String
    if let state = environment["STATE_DIRECTORY"]?.split(separator: ":").first {
      folder = String(state)
    } else if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
      folder = data + "/busbar"
    } else {
      folder = (environment["HOME"] ?? "/var/lib") + "/.local/share/busbar"
    }
    return folder + "/recording.busbar"
  }

  /// Makes the directory of the default path.
  package static func makeFolder(for path: String) {
    guard path == standard() else { return }
    try? FileManager.default.createDirectory(
      at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
  }
}
