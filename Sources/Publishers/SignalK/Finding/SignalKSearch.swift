import Logging
import NIOPosix

/// How a server is searched for.
package struct SignalKSearch: Hashable, Sendable {
  /// Asked before anybody else.
  package var local = SignalKEndpoint(host: "localhost", port: 3000, isWebAddress: true)
  /// Where questions by mDNS go.
  package var mdns: MDNSTarget = .multicast

  /// This machine and its networks.
  package init() {}

  /// The address of the server on this machine; `nil` if nothing there says that it is one.
  ///
  /// Other programs, Grafana among them, have the same port.
  package func localServer() async -> String? {
    var locator = ServerLocator(
      configuration: SignalKConfiguration(server: .at(local)),
      eventLoop: MultiThreadedEventLoopGroup.singleton.next(),
      logger: Logger(label: "busbar.signalk") { _ in SwiftLogNoOpLogHandler() })
    return (try? await locator.locate())?.description
  }
}
