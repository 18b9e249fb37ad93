import Foundation

/// A device's request for access, and what became of it.
package struct StandInAccessRequest: Hashable, Sendable {
  /// Of the request.
  package let id: String
  /// As the device calls itself.
  package let clientId: String
  /// What the administrator reads.
  package let description: String
  /// What the device asked for.
  package let permissions: String
  var decision: JSONValue?

  var reply: JSONValue {
    var reply: [String: JSONValue] = [
      "state": .text(decision == nil ? "PENDING" : "COMPLETED"), "requestId": .text(id),
      "statusCode": decision == nil ? 202 : 200, "href": .text("/signalk/v1/requests/\(id)"),
      "ip": "127.0.0.1", "user": nil,
    ]
    reply["accessRequest"] = decision
    return .object(reply)
  }
}

extension StandInState {
  func accessReply(_ id: String) -> JSONValue? { accessRequests.first { $0.id == id }?.reply }

  /// Answers a device that asks to be let in.
  mutating func askedForAccess(_ body: String) -> StandInAnswer {
    accessCalls += 1
    guard settings.security.isOn else {
      return .json(
        404, ["message": "Access requests not available. Server security is not enabled."])
    }
    guard body.utf8.count <= 10_240 else { return .text(413, "Payload too large") }
    let waiting = accessRequests.filter { $0.decision == nil }
    guard waiting.count < settings.mostAccessRequests else {
      return .text(503, "Too many pending access requests")
    }
    guard let request = JSONValue(parsing: body), let clientId = request["clientId"]?.text,
      let description = request["description"]?.text,
      let permissions = request["permissions"]?.text,
      StandInSecurity.Permission(rawValue: permissions) != nil
    else { return .json(400, ["state": "COMPLETED", "statusCode": 400]) }
    guard settings.takesDeviceRequests else {
      return .json(403, ["state": "COMPLETED", "statusCode": 403])
    }
    guard !waiting.contains(where: { $0.clientId == clientId }) else {
      let message = "A device with clientId '\(clientId)' has already requested access"
      return .json(
        400, ["state": "COMPLETED", "statusCode": 400, "message": .text(message)])
    }
    let new = StandInAccessRequest(
      id: UUID().uuidString.lowercased(), clientId: clientId, description: description,
      permissions: permissions)
    accessRequests.append(new)
    return .json(202, new.reply)
  }

  /// What the administrator does with the newest request that waits.
  ///
  /// - Parameter permission: What he gives, whatever was asked; `nil` denies.
  /// - Returns: The new token, if there is one.
  @discardableResult
  package mutating func decide(_ permission: StandInSecurity.Permission?) -> String? {
    guard let index = accessRequests.lastIndex(where: { $0.decision == nil }) else { return nil }
    guard let permission else {
      accessRequests[index].decision = ["permission": "DENIED"]
      return nil
    }
    let clientId = accessRequests[index].clientId
    let token = "token.of-\(UUID().uuidString.lowercased())"
    settings.security.devices[token] = .init(clientId: clientId, permission: permission)
    accessRequests[index].decision = ["permission": "APPROVED", "token": .text(token)]
    return token
  }

  /// Forgets all requests for access, as the server does after an hour.
  package mutating func pruneAccessRequests() { accessRequests = [] }
}
