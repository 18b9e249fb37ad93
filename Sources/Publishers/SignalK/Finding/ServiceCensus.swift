/// Puts the answers of many machines together to addresses of Signal K servers.
///
/// It has no clock and does no I/O. Whoever is on the network can say what he likes to it, so it
/// takes in a bounded amount.
struct ServiceCensus: Sendable {
  /// A kind of service that a Signal K server announces.
  private static let services: [(name: DNSName, isEncrypted: Bool)] = [
    (DNSName("_signalk-wss._tcp.local"), true), (DNSName("_signalk-https._tcp.local"), true),
    (DNSName("_signalk-ws._tcp.local"), false), (DNSName("_signalk-http._tcp.local"), false),
  ]
  private static let mostRecords = 1024
  private static let mostServers = 16
  private static let pointer: UInt16 = 12
  private static let anything: UInt16 = 255

  private var records: Set<DNSRecord> = []

  /// Takes in one datagram.
  mutating func take(_ datagram: [UInt8]) {
    for record in DNSMessage.records(in: datagram) where records.count < Self.mostRecords {
      records.insert(record)
    }
  }

  /// The question to ask now: for services, and for what is missing of those that are known.
  var query: [UInt8] {
    let services = Self.services.map { (name: $0.name, type: Self.pointer) }
    let unplaced = instances.filter { place(of: $0.name) == nil }.map(\.name)
    let nowhere = instances.compactMap { place(of: $0.name)?.host }.filter {
      addresses(of: $0).isEmpty
    }
    let missing = Set(unplaced + nowhere).prefix(Self.mostServers)
    return DNSMessage.query(services + missing.map { (name: $0, type: Self.anything) })
  }

  /// The servers' web addresses, encrypted ones first, and else in a fixed order.
  var servers: [SignalKEndpoint] {
    var servers: [SignalKEndpoint] = []
    for instance in instances {
      guard let place = place(of: instance.name) else { continue }
      for address in addresses(of: place.host) {
        let endpoint = SignalKEndpoint(
          host: address, port: place.port, isEncrypted: instance.isEncrypted, isWebAddress: true)
        if !servers.contains(endpoint) { servers.append(endpoint) }
      }
    }
    let sorted = servers.sorted {
      ($0.isEncrypted ? 0 : 1, $0.description) < ($1.isEncrypted ? 0 : 1, $1.description)
    }
    return Array(sorted.prefix(Self.mostServers))
  }

  private var instances: [(name: DNSName, isEncrypted: Bool)] {
    Self.services.flatMap { service in
      records.compactMap { record in
        guard case .instance(let name) = record.content, record.name == service.name,
          name.isBelow(service.name)
        else { return nil }
        return (name, service.isEncrypted)
      }
    }
  }

  private func place(of instance: DNSName) -> (host: DNSName, port: Int)? {
    let places = records.compactMap { record -> (host: DNSName, port: Int)? in
      guard record.name == instance, case .place(let host, let port) = record.content, port > 0
      else { return nil }
      return (host, port)
    }
    return places.min { $0.port < $1.port }
  }

  /// A machine's addresses; those that mean nothing without an interface are left out.
  private func addresses(of host: DNSName) -> [String] {
    records.compactMap { record in
      guard record.name == host, case .address(let text) = record.content,
        !text.hasPrefix("fe80:"), text != "0.0.0.0"
      else { return nil }
      return text
    }
  }
}
