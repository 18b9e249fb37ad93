import NIOCore

/// Where we wait for servers that connect to us: `0.0.0.0:10112`, `[::]:10112`.
package struct SignalKListenAddress: Hashable, Sendable, CustomStringConvertible {
  /// An IP address of this machine; `0.0.0.0` stands for all of them.
  package let host: String
  /// The TCP port; 0 for any that is free.
  package let port: Int

  /// Reads `ADDRESS:PORT`.
  ///
  /// - Throws: ``SignalKError/invalidURL(_:reason:)``.
  package init(parsing text: some StringProtocol) throws(SignalKError) {
    func refuse(_ reason: String) -> SignalKError {
      .invalidURL("listen:\(text.prefix(100))".quotable, reason: reason)
    }
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...])
    else { throw refuse("expected an address and a port, such as 0.0.0.0:10112") }
    guard (0...65_535).contains(port) else { throw refuse("the port must be 1 to 65535") }
    let host = String(text[..<colon].filter { $0 != "[" && $0 != "]" })
    guard (try? SocketAddress(ipAddress: host, port: port)) != nil else {
      throw refuse("'\(host.quotable)' is no IP address; 0.0.0.0 stands for all of this machine")
    }
    self.host = host
    self.port = port
  }

  /// As it is written.
  package var description: String {
    host.contains(":") ? "listen:[\(host)]:\(port)" : "listen:\(host):\(port)"
  }
}
