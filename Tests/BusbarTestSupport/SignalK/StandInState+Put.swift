import Foundation
import NIOCore

/// A PUT request on its way to the client that publishes the path.
struct StandInForward: Sendable {
  var requestId: String
  var channel: any Channel
  var frame: JSONValue
}

extension StandInState {
  /// Answers a PUT request; somebody who publishes the path gets it forwarded.
  mutating func put(
    _ path: String, _ request: StandInRequest, _ visitor: StandInSecurity.Visitor
  ) -> (answer: StandInAnswer, forward: StandInForward?) {
    guard visitor.mayWrite else { return (Self.denied(visitor, request), nil) }
    guard let value = JSONValue(parsing: request.body)?["value"] else {
      return (.text(400, "input is missing a value"), nil)
    }
    guard path.split(separator: ".").count >= 3 else { return (.text(400, "invalid path"), nil) }
    if let sources = model.leavesBySource[path], sources.count > 1 {
      return (.text(400, "there are multiple sources for the given path"), nil)
    }
    guard let socket = sockets.values.first(where: { $0.publishedPaths.contains(path) }) else {
      return (.json(405, refusal("PUT not supported for \(path)")), nil)
    }
    let id = UUID().uuidString.lowercased()
    let pending: JSONValue = [
      "state": "PENDING", "requestId": .text(id), "statusCode": 202,
      "href": .text("/signalk/v1/requests/\(id)"),
    ]
    requests[id] = Request(reply: pending)
    let frame: JSONValue = [
      "requestId": .text(id), "context": .text(Self.vessel),
      "put": [["path": .text(path), "value": value]],
    ]
    return (
      .json(202, pending), StandInForward(requestId: id, channel: socket.channel, frame: frame)
    )
  }

  /// Gives up on a client that did not answer.
  mutating func putTimedOut(_ id: String) {
    guard requests[id]?.reply["state"] == "PENDING" else { return }
    requests[id]?.reply = [
      "requestId": .text(id), "state": "COMPLETED", "statusCode": 504,
      "message": "Device timed out",
    ]
  }

  private func refusal(_ message: String) -> JSONValue {
    ["state": "COMPLETED", "statusCode": 405, "message": .text(message)]
  }

  private static func denied(
    _ visitor: StandInSecurity.Visitor, _ request: StandInRequest
  ) -> StandInAnswer {
    guard case .device = visitor else { return .text(401, "Unauthorized") }
    return request.wantsJSON
      ? .json(401, ["error": "Permission Denied"]) : .text(401, "Permission Denied")
  }
}
