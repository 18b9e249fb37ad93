import Foundation
import NIOCore

/// A Signal K server's address.
///
///     ws://raspberrypi.local:3000                     the usual one
///     ws://raspberrypi.local                          the same: 3000 is Signal K's port
///     wss://raspberrypi.local                         encrypted: Signal K's port is 3443 then
///     ws://boat.example:80/signalk-server             behind a proxy, with a prefix
///     ws://boat.example:80/signalk-server/signalk/v1/stream?subscribe=none
///     https://boat.example                            as in a browser; the server says the rest
package struct SignalKEndpoint: Hashable, Sendable, CustomStringConvertible {
  /// Name or address, an IPv6 address without its brackets.
  package let host: String
  /// The TCP port.
  package let port: Int
  /// What a proxy wants before the server's own paths; empty for none, else `/like/this`.
  package let prefix: String
  /// Whether TLS is spoken.
  package let isEncrypted: Bool
  /// Whether this is a web page's address, and the stream's has to be asked for there.
  package let isWebAddress: Bool

  private static let defaultPorts = ["ws": 3000, "wss": 3443, "http": 80, "https": 443]
  private static let streamPath = "/signalk/v1/stream"

  init(
    host: String, port: Int, prefix: String = "", isEncrypted: Bool = false,
    isWebAddress: Bool = false
  ) {
    self.host = host
    self.port = port
    self.prefix = prefix
    self.isEncrypted = isEncrypted
    self.isWebAddress = isWebAddress
  }

  /// Reads a `ws://`, `wss://`, `http://` or `https://` URL.
  ///
  /// - Throws: ``SignalKError/invalidURL(_:reason:)``.
  package init(parsing text: String) throws(SignalKError) {
    let shown = String(text.prefix(200)).quotable
    guard text.utf8.count <= 2000, let parts = URLComponents(string: text),
      let scheme = parts.scheme?.lowercased()
    else { throw .invalidURL(shown, reason: "not a URL") }
    guard let defaultPort = Self.defaultPorts[scheme] else {
      throw .invalidURL(
        shown, reason: "expected the scheme ws, wss, http or https, not '\(scheme)'")
    }
    guard let host = parts.host?.trimmingCharacters(in: ["[", "]"]), !host.isEmpty else {
      throw .invalidURL(shown, reason: "the host is missing")
    }
    let port = parts.port ?? defaultPort
    guard (1...65_535).contains(port) else {
      throw .invalidURL(shown, reason: "the port must be 1 to 65535")
    }
    guard parts.user == nil, parts.password == nil, parts.fragment == nil,
      parts.query == nil || parts.query == "subscribe=none"
    else {
      // The text may hold a password or a token, so it is not shown.
      throw .invalidURL(
        "\(scheme)://\(host)", reason: "no user, query or fragment; put a token into a file")
    }
    self.init(
      host: host, port: port, prefix: Self.prefix(of: parts.percentEncodedPath),
      isEncrypted: scheme == "wss" || scheme == "https", isWebAddress: scheme.hasPrefix("http"))
  }

  /// The path of the stream; with `none` the server sends nothing but what is meant for us.
  var streamPath: String { "\(prefix)\(Self.streamPath)?subscribe=none" }

  /// The value of the `Host` header.
  var hostHeader: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// Whether the host is an IP address and not a name.
  var isAddress: Bool { (try? SocketAddress(ipAddress: host, port: port)) != nil }

  /// The address for logs and messages, without anything secret; it can be parsed again.
  package var description: String {
    "\(isWebAddress ? "http" : "ws")\(isEncrypted ? "s" : "")://\(hostHeader)\(prefix)"
  }

  /// The address of the web pages that people open, such as `http://raspberrypi.local:3000`.
  package var webAddress: String { "http\(isEncrypted ? "s" : "")://\(hostHeader)\(prefix)" }

  /// The admin page behind a path of it, such as `security/access/requests`.
  func adminPage(_ path: String) -> String { "\(webAddress)/admin/#/\(path)" }

  private static func prefix(of path: String) -> String {
    var prefix = path[...]
    while prefix.last == "/" { prefix.removeLast() }
    for known in [streamPath, "/signalk/v1/api", "/signalk/v1", "/signalk", "/admin"]
    where prefix.hasSuffix(known) {
      prefix.removeLast(known.count)
      break
    }
    while prefix.last == "/" { prefix.removeLast() }
    return String(prefix)
  }
}
