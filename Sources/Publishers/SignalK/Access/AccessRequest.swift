import Foundation

/// What we ask a server for: to be let in as a device that may write.
struct AccessRequest: Hashable, Sendable, Encodable {
  /// A UUID that stays ours for life.
  var clientId: String
  /// What the administrator reads when he decides.
  var description: String
  var permissions = "readwrite"

  static let path = "/signalk/v1/access/requests"

  var body: Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Two texts and a word are always JSON.
    return (try? encoder.encode(self)) ?? Data()
  }
}

/// What a server makes of a request for access.
enum AccessReply: Hashable, Sendable {
  /// The administrator has not decided; where to ask again.
  case pending(href: String?)
  case approved(AccessToken, text: String)
  case denied
  /// The server has no security, so that no token is needed.
  case unsecured
  /// A request in our name waits already, and we do not know where.
  case alreadyAsked
  /// The server takes no requests of devices.
  case switchedOff
  /// The server does not know the request that we ask about.
  case forgotten
  /// Not now.
  case busy(String)
  /// The answer is none that a Signal K server gives.
  case senseless(String)

  /// Reads the answer to the request itself.
  init(toRequest answer: HTTPAnswer) {
    switch answer.status {
    case 404, 405, 501: self = .unsecured
    case 400 where answer.reason.contains("already requested"): self = .alreadyAsked
    case 403: self = .switchedOff
    case 429, 500...599: self = .busy("\(answer.status) \(answer.reason)")
    default: self.init(parsing: answer)
    }
  }

  /// Reads the answer to the question what became of the request.
  init(toPoll answer: HTTPAnswer) {
    switch answer.status {
    case 401, 403, 404, 410, 500: self = .forgotten
    case 429, 501...599: self = .busy("\(answer.status) \(answer.reason)")
    default: self.init(parsing: answer)
    }
  }

  private init(parsing answer: HTTPAnswer) {
    guard let reply = try? JSONSerialization.jsonObject(with: answer.body) as? [String: Any],
      let state = reply["state"] as? String
    else {
      self = .senseless("it answers \(answer.status) \(answer.reason) to a request for access")
      return
    }
    let decision = reply["accessRequest"] as? [String: Any]
    switch (state, decision?["permission"] as? String) {
    case ("PENDING", _):
      self = .pending(href: (reply["href"] as? String).flatMap(Self.usablePath))
    case ("COMPLETED", "APPROVED"?):
      guard let text = decision?["token"] as? String,
        (try? TokenFile.token(in: Data(text.utf8))) == text
      else {
        self = .senseless("it approves our request and gives no usable token")
        return
      }
      self = .approved(AccessToken(text), text: text)
    case ("COMPLETED", "DENIED"?): self = .denied
    default:
      self = .senseless("it answers \(answer.status) \(answer.reason) to a request for access")
    }
  }

  /// A path that can stand in a request's first line, or `nil`.
  private static func usablePath(_ path: String) -> String? {
    path.hasPrefix("/") && path.utf8.count <= 500
      && path.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? path : nil
  }
}
