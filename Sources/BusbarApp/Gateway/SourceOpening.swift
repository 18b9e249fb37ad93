import CANInterfaces

extension BatterySettings {
  /// Opens the source that the settings name; the one place where the gateway does so.
  ///
  /// - Parameters:
  ///   - stop: A descriptor that ends waiting when it becomes readable.
  ///   - tell: Takes what the source has to say beside frames and events.
  /// - Returns: A source at its beginning.
  /// - Throws: If there is nothing of that name, or it cannot be read now.
  func openSource(
    stop: CInt, tell: @escaping RemarkListener
  ) throws(SourceError) -> any FrameSource & ~Copyable {
    let specification = try SourceSpecification(parsing: source)
    switch specification {
    case .file(let path): return try replay(path, stop)
    case .standardInput: return try replay("-", stop)
    // All frames, whatever the dialect: who else talks is told apart from a bus that is dead.
    default:
      return try AnySource.open(specification, asIfLive: true, stop: stop, tell: tell)
    }
  }

  /// Whether the source is a bus, whose dialect is worth remembering, and not a log.
  var isLive: Bool {
    switch try? SourceSpecification(parsing: source) {
    case .file, .standardInput, .simulator: false
    default: true
    }
  }

  /// The controller of the interface that the settings name, as the kernel knows it now.
  var controller: CANController? {
    guard case .interface(let name) = try? SourceSpecification(parsing: source) else { return nil }
    return CANController.of(name)
  }

  private func replay(_ path: String, _ stop: CInt) throws(SourceError) -> ReplaySource<FileSource>
  {
    try ReplaySource(
      path, inputFormat: inputFormat, secondsEastOfUTC: secondsEastOfUTC, speed: speed,
      isLooping: isLooping, asIfLive: true, stop: stop)
  }
}
