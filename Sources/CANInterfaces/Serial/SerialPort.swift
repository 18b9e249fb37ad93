/// A serial port as the user named it, and how fast bytes go over it.
package struct SerialPort: Hashable, Sendable {
  /// Such as `/dev/ttyACM0`, or better `/dev/serial/by-id/…`.
  package var path: String
  package var baud: SerialSpeed

  package init(path: String, baud: SerialSpeed = .assumed) {
    self.path = path
    self.baud = baud
  }

  /// The last part of the path, such as `ttyACM0`: what its bus is called.
  package var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}
