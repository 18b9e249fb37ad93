/// Where deltas go.
package enum SignalKDestination: Hashable, Sendable {
  /// One line each, on standard output.
  case standardOutput
  /// To a server's stream.
  case server(SignalKEndpoint)

  /// Reads `stdout` or a server's address such as `ws://raspberrypi.local:3000`.
  ///
  /// - Throws: ``SignalKError/invalidURL(_:reason:)``.
  package init(parsing text: String) throws(SignalKError) {
    self = text == "stdout" ? .standardOutput : .server(try SignalKEndpoint(parsing: text))
  }
}
