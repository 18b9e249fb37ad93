import Foundation
import NIOCore

/// Everything about a ``StandInSignalKServer`` that tests look at.
package struct StandInState: Sendable {
  /// A client's socket.
  struct Socket: Sendable {
    var channel: any Channel
    var token: String?
    var provider: String
    var subscription: String
    var publishedPaths: Set<String> = []
  }

  /// A PUT request that was forwarded to a client.
  struct Request: Sendable {
    var reply: JSONValue
  }

  /// How it behaves; changes count from the next request or frame on.
  package var settings: StandInSignalKSettings
  /// What it knows.
  package var model = StandInModel()
  /// Every text frame that any client sent, in order; a restart does not forget them.
  package internal(set) var receivedTexts: [String] = []
  /// The path and the headers of every request for the stream.
  package internal(set) var upgradeRequests: [(uri: String, authorization: String?)] = []
  /// How many sockets have been opened.
  package internal(set) var openedSockets = 0
  /// Close frames that clients sent, as their codes.
  package internal(set) var closeCodes: [Int?] = []
  /// Pings that clients sent.
  package internal(set) var receivedPings = 0
  /// What pongs carried.
  package internal(set) var receivedPongs: [String] = []
  /// New with each start.
  package internal(set) var startId = ""
  var sockets: [ObjectIdentifier: Socket] = [:]
  var requests: [String: Request] = [:]
  /// Requests for access, in the order in which they came; a restart forgets them.
  package internal(set) var accessRequests: [StandInAccessRequest] = []
  /// How often somebody asked for access, or what became of it.
  package internal(set) var accessCalls = 0

  /// The vessel that the server is on.
  package static let vessel = "vessels.urn:mrn:signalk:uuid:c0d79334-4e25-4245-8892-54e8ccc8021d"

  init(settings: StandInSignalKSettings) {
    self.settings = settings
    start()
  }

  /// How many clients are connected.
  package var openSockets: Int { sockets.count }

  /// The deltas among the texts that clients sent.
  package var deltas: [JSONValue] {
    receivedTexts.compactMap { JSONValue(parsing: $0) }.filter { $0["updates"] != nil }
  }

  /// The time by the server's clock.
  var now: String {
    Date(timeIntervalSinceNow: settings.clockOffset)
      .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// What a new process of the server knows: devices, tokens and what the user stored.
  mutating func start() {
    startId = UUID().uuidString.lowercased()
    requests = [:]
    accessRequests = []
    model = StandInModel()
    model.managesNotifications = !settings.isOldServer
    model.meta = settings.storedMeta
  }

  /// The first frame to every client.
  var hello: JSONValue {
    var hello: [String: JSONValue] = [
      "name": "stand-in", "version": "2.31.1", "self": .text(Self.vessel),
      "roles": ["master", "main"], "timestamp": .text(now),
    ]
    if !settings.isOldServer { hello["serverStartId"] = .text(startId) }
    return .object(hello)
  }

  /// Takes in a frame of a client, and says what is to be sent to whom because of it.
  mutating func receive(
    _ text: String, isText: Bool, from id: ObjectIdentifier
  ) -> [(channel: any Channel, frame: JSONValue)] {
    if isText, !settings.isForgetful { receivedTexts.append(text) }
    guard let message = JSONValue(parsing: text), message.object != nil,
      let socket = sockets[id]
    else { return [] }
    if let requestId = message["requestId"]?.text {
      return answer(message, requestId: requestId).map { [(socket.channel, $0)] } ?? []
    }
    guard message["updates"] != nil else { return [] }
    guard settings.security.visitor(with: socket.token).mayWrite else {
      model.refusedDeltas += 1
      return []
    }
    guard let accepted = model.receive(message, from: socket.provider, now: now) else { return [] }
    let paths = accepted["updates"]?.list?.flatMap { $0["values"]?.list ?? [] }
      .compactMap { $0["path"]?.text }
    sockets[id]?.publishedPaths.formUnion(paths ?? [])
    return sockets.values.filter { $0.subscription != "none" }.map { ($0.channel, accepted) }
  }

  private mutating func answer(_ message: JSONValue, requestId: String) -> JSONValue? {
    if message["query"] == true, requests[requestId] == nil {
      return ["requestId": .text(requestId), "statusCode": 404]
    }
    if message["state"] != nil, requests[requestId] != nil {
      requests[requestId]?.reply = message
    }
    return nil
  }
}
