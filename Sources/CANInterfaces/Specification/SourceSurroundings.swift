/// What the meaning of a source's name depends on: the files and interfaces that exist.
package protocol SourceSurroundings: Sendable {
  /// What is at `path`; `nil` if nothing is.
  func kind(ofPath path: String) -> PathKind?
  /// All network interfaces, CAN and other.
  func interfaces() -> [NetworkInterface]
  /// Whether the kernel has CAN sockets.
  var hasCAN: Bool { get }
}

/// What can be at a path.
package enum PathKind: Hashable, Sendable {
  case directory
  /// Anything else: a regular file, a FIFO, a device.
  case file
}
