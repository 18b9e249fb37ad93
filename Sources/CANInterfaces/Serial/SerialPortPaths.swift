import Glibc

/// Finds a serial device again after it was unplugged.
///
/// The kernel numbers devices as they come: what was `ttyACM0` may be `ttyACM1` after an unsteady
/// plug. udev keeps a link for each device whose name says what it is; it is remembered at the
/// first opening and goes before the path that the user gave.
package struct SerialPortPaths: Hashable, Sendable {
  private let path: String
  private let folder: String
  private var lastingPath: String?

  /// - Parameters:
  ///   - path: As the user gave it.
  ///   - folder: Where the lasting links are.
  package init(_ path: String, folder: String = "/dev/serial/by-id") {
    self.path = path
    self.folder = folder
  }

  /// Where the device may be, best first.
  package var candidates: [String] { lastingPath.map { [$0, path] } ?? [path] }

  /// Call when the device is open: remembers the link that leads to it, if there is one.
  package mutating func hasOpened() {
    guard lastingPath == nil, let target = Self.resolved(path) else { return }
    lastingPath = Self.names(in: folder).map { "\(folder)/\($0)" }
      .first { $0 != path && Self.resolved($0) == target }
  }

  /// Serial ports that could be meant, for messages.
  static func present() -> [String] {
    let lasting = names(in: "/dev/serial/by-id").map { "/dev/serial/by-id/\($0)" }
    let known = Set(lasting.compactMap(resolved))
    let others = names(in: "/dev").filter { $0.hasPrefix("ttyACM") || $0.hasPrefix("ttyUSB") }
      .map { "/dev/\($0)" }
    return lasting + others.filter { !known.contains($0) }
  }

  private static func resolved(_ path: String) -> String? {
    guard let text = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(text) }
    return unsafe String(cString: text)
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
