/// An adapter that speaks GVRET, and how it is to be set up.
package struct GVRETSettings: Hashable, Sendable {
  package enum Endpoint: Hashable, Sendable {
    case network(NetworkAddress)
    case serial(SerialPort)
  }

  package var endpoint: Endpoint
  /// In bit/s, of the bus that is heard, or of the first; `nil` for the one that the adapter has.
  package var bitRate: Int?
  /// The only bus that is heard, 0 or 1, whose bit rates can be set; `nil` for all.
  package var bus: UInt8?

  package init(endpoint: Endpoint, bitRate: Int? = nil, bus: UInt8? = nil) {
    self.endpoint = endpoint
    self.bitRate = bitRate
    self.bus = bus
  }

  /// The bus that ``bitRate`` is of.
  var mainBus: Int { Int(bus ?? 0) }

  func hears(_ bus: UInt8) -> Bool { self.bus == nil || self.bus == bus }

  /// The host or the port without its folder: what the adapter's buses are called after.
  var name: String {
    switch endpoint {
    case .network(let address): address.host
    case .serial(let port): port.name
    }
  }
}
