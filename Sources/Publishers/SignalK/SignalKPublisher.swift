package import BatteryModel
package import Logging
package import ServiceLifecycle

/// Chooses the service for a destination.
package enum SignalKPublisher {
  /// A service with the board on which it says how it is doing; a printer has none.
  package typealias Publisher = (service: any Service, board: SignalKStatusBoard?)

  /// The service that publishes to a destination.
  ///
  /// - Parameters:
  ///   - destination: Where to.
  ///   - feeds: Which batteries, each with an id of its own.
  ///   - access: How a server comes to let us write; only a server asks.
  ///   - trust: Which certificate an encrypted server may have.
  ///   - logger: Told of each change once.
  /// - Returns: The service, which does nothing before it runs.
  package static func publisher<Updates>(
    to destination: SignalKDestination, feeds: [SignalKFeed<Updates>],
    access: SignalKAccess = .open,
    trust: SignalKTrust = .system, logger: Logger
  ) -> Publisher where Updates: AsyncSequence<BatteryUpdate, Never> & Sendable {
    switch destination {
    case .standardOutput: return (SignalKPrinter(feeds: feeds), nil)
    case .server(let address):
      let service = SignalKService(
        configuration: SignalKConfiguration(server: address, access: access, trust: trust),
        feeds: feeds, logger: logger)
      return (service, service.board)
    case .listen(let address):
      let service = SignalKListener(address: address, feeds: feeds, logger: logger)
      return (service, service.board)
    }
  }
}
