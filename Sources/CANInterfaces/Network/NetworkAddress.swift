/// A host and a port, as a user writes them: `pi.local:29536`, `[fe80::1]:23`.
package struct NetworkAddress: Hashable, Sendable {
  /// A name or a numeric address; empty for every address of this machine.
  package var host: String
  package var port: UInt16

  package init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }
}

extension NetworkAddress: CustomStringConvertible {
  package var description: String {
    "\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }
}
