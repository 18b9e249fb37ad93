import Foundation

/// A Signal K server's address.
///
///     ws://raspberrypi.local:3000                     the usual one
///     ws://raspberrypi.local                          the same: 3000 is Signal K's port
///     ws://boat.example:80/signalk-server             behind a proxy, with a prefix
///     ws://boat.example:80/signalk-server/signalk/v1/stream?subscribe=none
package struct SignalKEndpoint: Hashable, Sendable, CustomStringConvertible {
  /// Name or address, an IPv6 address without its brackets.
  package let host: String
  /// The TCP port.
  package let port: Int
  /// What a proxy wants before the server's own paths; empty for none, else `/like/this`.
  package let prefix: String

  private static let defaultPort = 3000
  private static let streamPath = "/signalk/v1/stream"

  /// Reads a `ws://` URL.
  ///
  /// - Throws: ``SignalKError/invalidURL(_:reason:)``.
  package init(parsing text: String) throws(SignalKError) {
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased() else {
      throw .invalidURL(text, reason: "not a URL")
    }
    guard scheme != "wss", scheme != "https" else {
      throw .invalidURL(text, reason: "encrypted connections are not supported yet")
    }
    guard scheme == "ws" else {
      throw .invalidURL(text, reason: "expected the scheme 'ws', not '\(scheme)'")
    }
    guard let host = parts.host?.trimmingCharacters(in: ["[", "]"]), !host.isEmpty else {
      throw .invalidURL(text, reason: "the host is missing")
    }
    let port = parts.port ?? Self.defaultPort
    guard (1...65_535).contains(port) else {
      throw .invalidURL(text, reason: "the port must be 1 to 65535")
    }
    guard parts.user == nil, parts.password == nil, parts.fragment == nil,
      parts.query == nil || parts.query == "subscribe=none"
    else {
      // The text may hold a password or a token, so it is not shown.
      throw .invalidURL(
        "\(scheme)://\(host)", reason: "no user, query or fragment; put a token into a file")
    }
    self.host = host
    self.port = port
    self.prefix = Self.prefix(of: parts.percentEncodedPath)
  }

  /// The path of the stream; with `none` the server sends nothing but what is meant for us.
  var streamPath: String { "\(prefix)\(Self.streamPath)?subscribe=none" }

  /// The value of the `Host` header.
  var hostHeader: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// The address for logs and messages, without anything secret.
  package var description: String { "ws://\(hostHeader)\(prefix)" }

  private static func prefix(of path: String) -> String {
    var prefix = path[...]
    while prefix.last == "/" { prefix.removeLast() }
    for known in [streamPath, "/signalk/v1", "/signalk"] where prefix.hasSuffix(known) {
      prefix.removeLast(known.count)
      break
    }
    while prefix.last == "/" { prefix.removeLast() }
    return String(prefix)
  }
}
