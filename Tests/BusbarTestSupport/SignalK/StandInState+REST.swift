import Foundation

/// A request to the REST API.
struct StandInRequest: Sendable {
  var method: String
  var path: String
  var token: String?
  var host: String
  var wantsJSON: Bool
  var body: String
}

extension StandInState {
  private static let apiPath = "/signalk/v1/api/"

  /// Answers a request by the rules of the server.
  ///
  /// - Returns: The answer, and the PUT request that has to be forwarded for it, if any.
  mutating func respond(
    to request: StandInRequest
  ) -> (answer: StandInAnswer, forward: StandInForward?) {
    let visitor = settings.security.visitor(with: request.token)
    if let answer = settings.answers[request.path] { return (answer, nil) }
    guard request.path.hasPrefix(settings.prefix) else { return (Self.notFound, nil) }
    let path = String(request.path.dropFirst(settings.prefix.count))
    switch (request.method, path) {
    case ("GET", "/signalk"): return (endpoints(host: request.host), nil)
    case ("GET", "/signalk/v1/stream"): return (refusedStream(visitor), nil)
    case ("POST", "/signalk/v1/access/requests"): return (askedForAccess(request.body), nil)
    case ("GET", "/skServer/loginStatus"): return (loginStatus(visitor), nil)
    case ("GET", let path) where path.hasPrefix("/signalk/v1/requests/"):
      let id = String(path.dropFirst("/signalk/v1/requests/".count))
      if let reply = accessReply(id) { return (.json(200, reply), nil) }
      guard let request = requests[id] else {
        return (.text(500, "Unable to check request: not found"), nil)
      }
      return (.json(200, request.reply), nil)
    case ("GET", let path) where path.hasPrefix(Self.apiPath):
      return (read(String(path.dropFirst(Self.apiPath.count)), visitor), nil)
    case ("PUT", let path) where path.hasPrefix(Self.apiPath + "vessels/self/"):
      let path = path.dropFirst((Self.apiPath + "vessels/self/").count)
      return put(String(path.replacing("/", with: ".")), request, visitor)
    default: return (Self.notFound, nil)
    }
  }

  private static let notFound = StandInAnswer(
    status: 404, type: "text/html; charset=utf-8",
    body: "<!DOCTYPE html>\n<html lang=\"en\"><body><pre>Not Found</pre></body></html>\n")

  /// What a request for the stream gets that was not upgraded.
  private func refusedStream(_ visitor: StandInSecurity.Visitor) -> StandInAnswer {
    if case .refused(let reason) = visitor { return .json(401, ["error": .text(reason)]) }
    if sockets.count >= settings.mostSockets {
      // The server encodes this one twice.
      let message: JSONValue = [
        "error": "Too many concurrent websocket connections from same IP address"
      ]
      return .json(429, ["error": .text(message.json)])
    }
    return .text(426, "Upgrade Required")
  }

  private func endpoints(host: String) -> StandInAnswer {
    let host = settings.advertisedHost ?? host
    let letter = settings.certificate == nil ? "" : "s"
    return .json(
      200,
      [
        "endpoints": [
          "v1": [
            "version": "2.31.1",
            "signalk-http": .text("http\(letter)://\(host)\(settings.prefix)\(Self.apiPath)"),
            "signalk-ws": .text("ws\(letter)://\(host)\(settings.prefix)/signalk/v1/stream"),
          ]
        ],
        "server": ["id": "signalk-server-node", "version": "2.31.1"],
      ])
  }

  private func loginStatus(_ visitor: StandInSecurity.Visitor) -> StandInAnswer {
    var status: [String: JSONValue] = [
      "status": "notLoggedIn", "readOnlyAccess": .flag(settings.security.isReadOnlyAccessAllowed),
      "authenticationRequired": .flag(settings.security.isOn),
    ]
    if settings.security.isOn {
      status["allowNewUserRegistration"] = false
      status["allowDeviceAccessRequests"] = .flag(settings.takesDeviceRequests)
    }
    if case .device(let device) = visitor {
      status["status"] = "loggedIn"
      status["username"] = .text(device.clientId)
      if !settings.isOldServer { status["userLevel"] = .text(device.permission.rawValue) }
    }
    return .json(200, .object(status))
  }

  private func read(_ path: String, _ visitor: StandInSecurity.Visitor) -> StandInAnswer {
    guard visitor.mayRead else { return Self.unauthorized(visitor) }
    if path == "self" { return .json(200, .text(Self.vessel)) }
    guard path.hasPrefix("vessels/self/") else { return Self.notFound }
    let path = path.dropFirst("vessels/self/".count).replacing("/", with: ".")
    let found =
      path.hasSuffix(".meta") ? model.meta[String(path.dropLast(5))] : model.branch(String(path))
    return found.map { .json(200, $0) } ?? Self.notFound
  }

  private static func unauthorized(_ visitor: StandInSecurity.Visitor) -> StandInAnswer {
    if case .refused = visitor { return .text(401, "bad auth token") }
    return .text(401, "Unauthorized")
  }
}
