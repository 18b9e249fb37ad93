/// Where deltas go.
package enum SignalKDestination: Hashable, Sendable {
  /// One line each, on standard output.
  case standardOutput
  /// To a server's stream.
  case server(SignalKServerAddress)
  /// To every server that connects to us.
  case listen(SignalKListenAddress)

  private static let listenPrefix = "listen:"

  /// Reads `stdout`, `auto`, `listen:0.0.0.0:10112`, or a server's address such as
  /// `ws://raspberrypi.local:3000`.
  ///
  /// - Throws: ``SignalKError/invalidURL(_:reason:)``.
  package init(parsing text: String) throws(SignalKError) {
    switch text {
    case "stdout": self = .standardOutput
    case "auto": self = .server(.automatic())
    case _ where text.hasPrefix(Self.listenPrefix):
      self = .listen(try SignalKListenAddress(parsing: text.dropFirst(Self.listenPrefix.count)))
    default: self = .server(.at(try SignalKEndpoint(parsing: text)))
    }
  }
}
