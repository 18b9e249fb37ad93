/// What a ``SignalKService`` has to know of a server.
package struct SignalKConfiguration: Sendable {
  /// The server that is published to.
  package var server: SignalKServerAddress
  /// How it comes to let us write, if it has its security on.
  package var access: SignalKAccess
  /// Which certificate it may have, if it is encrypted.
  package var trust: SignalKTrust
  /// How long to wait after a failure.
  package var backoff = Backoff()
  /// How patient to be with the server.
  package var timing = SignalKTiming()

  /// Takes over the settings; times are those that suit a real server.
  package init(
    server: SignalKServerAddress, access: SignalKAccess = .open, trust: SignalKTrust = .system
  ) {
    self.server = server
    self.access = access
    self.trust = trust
  }
}
