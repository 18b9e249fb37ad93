/// An adapter that speaks GVRET, and how it is to be set up.
package struct GVRETSettings: Hashable, Sendable {
  package enum Endpoint: Hashable, Sendable {
    case network(NetworkAddress)
    case serial(SerialPort)
  }

  /// The buses whose bit rates can be set.
  package enum Bus: UInt8, CaseIterable, Hashable, Sendable { case first, second }

  package var endpoint: Endpoint
  /// In bit/s, of the bus that is heard, or of the first; `nil` for the one that the adapter has.
  package var bitRate: Int?
  /// The only bus that is heard; `nil` for all.
  package var bus: Bus?

  package init(endpoint: Endpoint, bitRate: Int? = nil, bus: Bus? = nil) {
    self.endpoint = endpoint
    self.bitRate = bitRate
    self.bus = bus
  }

  /// The bus that ``bitRate`` is of.
  var mainBus: Int { Int((bus ?? .first).rawValue) }

  func hears(_ number: UInt8) -> Bool { bus.map { $0.rawValue == number } ?? true }

  /// The host or the port without its folder: what the adapter's buses are called after.
  var name: String {
    switch endpoint {
    case .network(let address): address.host
    case .serial(let port): port.name
    }
  }
}
