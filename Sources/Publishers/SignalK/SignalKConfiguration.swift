/// What a ``SignalKService`` has to know.
package struct SignalKConfiguration: Sendable {
  /// The battery that is published.
  package var battery: SignalKBattery
  /// The server that it is published to.
  package var endpoint: SignalKEndpoint
  /// Holds the access token, if the server has its security on.
  ///
  /// It is read for each connection anew, so that a token can be replaced without a restart.
  package var tokenFile: TokenFile?
  /// How long to wait after a failure.
  package var backoff = Backoff()
  /// How patient to be with the server.
  package var timing = SignalKTiming()

  /// Takes over the settings; times are those that suit a real server.
  package init(battery: SignalKBattery, endpoint: SignalKEndpoint, tokenFile: TokenFile? = nil) {
    self.battery = battery
    self.endpoint = endpoint
    self.tokenFile = tokenFile
  }
}
