/// Where a server is, as far as the user knows.
package enum SignalKServerAddress: Hashable, Sendable, CustomStringConvertible {
  /// At this address.
  case at(SignalKEndpoint)
  /// On port 3000 of this machine, or else wherever mDNS finds one.
  case automatic(SignalKSearch = SignalKSearch())

  /// The address for logs.
  package var description: String {
    switch self {
    case .at(let endpoint): endpoint.description
    case .automatic: "auto"
    }
  }
}
