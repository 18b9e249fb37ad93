import Foundation

/// What the server says about itself in the first frame of a connection.
package struct SignalKHello: Hashable, Sendable {
  /// The server's name; not every server has one.
  package var name: String?
  /// The version of the server or, on some, of Signal K.
  package var version: String
  /// The vessel that our deltas are about, such as `vessels.urn:mrn:signalk:uuid:…`.
  package var vessel: String?
  /// New with each process of the server; older servers have none.
  package var startId: String?
}

/// One frame from the server, as far as it concerns us.
enum ServerMessage: Hashable, Sendable {
  case hello(SignalKHello)
  /// Somebody wants to change a path that we publish.
  case putRequest(id: String)
  /// A text for people, which often says why the server closes the connection after it.
  case remark(String)
  /// Everything else: answers to others, deltas, frames that are not JSON.
  case irrelevant

  /// Reads a text or a binary frame.
  init(parsing frame: Data) {
    let parsed = try? JSONSerialization.jsonObject(with: frame, options: .fragmentsAllowed)
    if let text = parsed as? String, !text.hasPrefix("primus::") {
      self = .remark(text.quotable)
      return
    }
    guard let object = parsed as? [String: Any] else {
      self = .irrelevant
      return
    }
    if let id = object["requestId"] as? String, object["put"] != nil {
      self = .putRequest(id: id)
    } else if let text = object["errorMessage"] as? String {
      self = .remark(text.quotable)
    } else if let version = object["version"] as? String, object["updates"] == nil {
      self = .hello(
        SignalKHello(
          name: (object["name"] as? String)?.quotable, version: version.quotable,
          vessel: (object["self"] as? String)?.quotable,
          startId: object["serverStartId"] as? String))
    } else {
      self = .irrelevant
    }
  }
}

/// The answer to every PUT request: without one the requester would wait for a minute.
struct PutRefusal: Encodable {
  var requestId: String
  var state = "COMPLETED"
  var statusCode = 405
  var message = "read only"

  /// The answer as one line of JSON; `nil` only if an id is no text that JSON can hold.
  var json: String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension String {
  /// A text from outside in one short line, fit for a log.
  var quotable: String {
    String(prefix(200).map { $0.isNewline || $0.isASCII && $0 < " " ? " " : $0 })
  }
}
