/// What an answer of the domain name system says about a name, as far as it helps to find servers.
struct DNSRecord: Hashable, Sendable {
  /// What is said.
  enum Content: Hashable, Sendable {
    /// PTR: an instance of a service.
    case instance(DNSName)
    /// SRV: the machine and the port of an instance.
    case place(host: DNSName, port: Int)
    /// A and AAAA: a machine's address, as text.
    case address(String)
  }

  let name: DNSName
  let content: Content
}
