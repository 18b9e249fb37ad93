import Foundation

/// What a server says at `/signalk` about where its interfaces are.
///
///     {"endpoints":{"v1":{"version":"2.31.1","signalk-ws":"ws://pi:3000/signalk/v1/stream"}}}
enum DiscoveryDocument {
  static let path = "/signalk"

  /// Where the stream is, or why the answer is none of a Signal K server.
  ///
  /// The server makes the addresses of the host that it was asked by, so behind a proxy some are
  /// wrong. The host stays the one that was asked, and what was encrypted stays encrypted: neither
  /// a token nor a value goes where a document alone says so.
  ///
  /// - Parameters:
  ///   - answer: To a GET of ``path``.
  ///   - asked: The address that was asked.
  /// - Returns: The stream's address.
  /// - Throws: ``SignalKError/notSignalK(server:reason:)``.
  static func stream(
    in answer: HTTPAnswer, of asked: SignalKEndpoint
  ) throws(SignalKError) -> SignalKEndpoint {
    let server = asked.description
    guard answer.status == 200 else {
      throw .notSignalK(
        server: server, reason: "it answers \(answer.status) \(answer.reason) to GET \(path)")
    }
    guard let document = try? JSONSerialization.jsonObject(with: answer.body) else {
      throw .notSignalK(
        server: server, reason: "what it shows at \(path) is \(answer.kindOfBody), not JSON")
    }
    let versions = (document as? [String: Any])?["endpoints"] as? [String: Any]
    guard let endpoints = versions?["v1"] as? [String: Any],
      let text = (endpoints["signalk-ws"] ?? endpoints["signalk-wss"]) as? String,
      let named = try? SignalKEndpoint(parsing: text)
    else { throw .notSignalK(server: server, reason: "\(path) names no stream") }
    let isSame = named.isEncrypted == asked.isEncrypted && named.host == asked.host
    return SignalKEndpoint(
      host: asked.host, port: isSame || named.isEncrypted ? named.port : asked.port,
      prefix: named.prefix.isEmpty ? asked.prefix : named.prefix,
      isEncrypted: named.isEncrypted || asked.isEncrypted)
  }
}

extension HTTPAnswer {
  /// What the body looks like, in two words.
  fileprivate var kindOfBody: String {
    let start = String(decoding: body.prefix(200), as: UTF8.self).lowercased()
    if start.contains("<html") || start.contains("<!doctype") { return "a web page" }
    return body.isEmpty ? "nothing" : "something else"
  }
}
