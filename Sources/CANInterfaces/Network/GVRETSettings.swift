/// An adapter that speaks GVRET, and how it is to be set up.
package struct GVRETSettings: Hashable, Sendable {
  package enum Endpoint: Hashable, Sendable {
    case network(NetworkAddress)
    case serial(SerialPort)
  }

  package var endpoint: Endpoint
  /// The first bus's, in bit/s; `nil` for the one that the adapter has.
  package var bitRate: Int?

  package init(endpoint: Endpoint, bitRate: Int? = nil) {
    self.endpoint = endpoint
    self.bitRate = bitRate
  }

  /// The host or the port without its folder: what the adapter's buses are called after.
  var name: String {
    switch endpoint {
    case .network(let address): address.host
    case .serial(let port): port.name
    }
  }
}
