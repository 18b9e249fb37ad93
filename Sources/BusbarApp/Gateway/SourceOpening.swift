import CANInterfaces

extension BatterySettings {
  /// Opens the source that the settings name; the one place where the gateway does so.
  ///
  /// - Parameter stop: A descriptor that ends waiting when it becomes readable.
  /// - Returns: A source at its beginning.
  /// - Throws: If there is nothing of that name, or it cannot be read now.
  func openSource(stop: CInt) throws(SourceError) -> any FrameSource & ~Copyable {
    switch try SourceSpecification(parsing: source) {
    // All frames, whatever the dialect: who else talks is told apart from a bus that is dead.
    case .interface(let name): try SocketCANSource(interface: name, stop: stop)
    case .file(let path): try replay(path, stop)
    case .standardInput: try replay("-", stop)
    }
  }

  /// Whether the source is a bus, whose dialect is worth remembering, and not a log.
  var isLive: Bool {
    switch try? SourceSpecification(parsing: source) {
    case .file, .standardInput: false
    case .interface, nil: true
    }
  }

  private func replay(_ path: String, _ stop: CInt) throws(SourceError) -> ReplaySource {
    try ReplaySource(path, speed: speed, isLooping: isLooping, asIfLive: true, stop: stop)
  }
}
