import Foundation
import NIOCore

/// Gets a token from a server: asks for one, waits politely, and remembers what it got.
///
/// What has to survive a restart of either side is in the state file: our name, where the answer
/// will be, the token. A failure of the network changes none of it.
struct AccessDesk: Sendable {
  /// What came of one attempt.
  enum Outcome: Hashable, Sendable {
    /// Connect, with this token or without one.
    case ready(AccessToken?)
    /// Come again later.
    case wait(AccessWait, Duration)
  }

  let store: SignalKStateFile
  /// What the administrator reads.
  let description: String
  private var polls = 0
  private var isDenied = false

  init(store: SignalKStateFile, description: String) {
    self.store = store
    self.description = description
  }

  /// The token for a server, as far as it can be had now.
  ///
  /// - Throws: ``SignalKError`` if the server does not answer, or nothing can be remembered.
  mutating func token(
    by requester: HTTPRequester, timing: SignalKTiming
  ) async throws(SignalKError) -> Outcome {
    let endpoint = requester.connector.endpoint
    let known = try store.read()[endpoint]
    if let text = known.token { return .ready(AccessToken(text)) }
    if isDenied { return .wait(.denied, timing.rechecking) }
    if let path = known.request {
      let reply = AccessReply(toPoll: try await requester.get(path))
      // What the server has forgotten is asked for anew.
      if reply != .forgotten { return try take(reply, from: endpoint, timing) }
      try store.change { $0[endpoint].request = nil }
    }
    let request = AccessRequest(clientId: try clientId(), description: description)
    let answer = try await requester.post(request.body, to: AccessRequest.path)
    return try take(AccessReply(toRequest: answer), from: endpoint, timing)
  }

  /// Call when the server refuses the token: the next attempt asks for another.
  func tokenWasRefused(by endpoint: SignalKEndpoint) throws(SignalKError) {
    try store.change { $0[endpoint].token = nil }
  }

  private mutating func take(
    _ reply: AccessReply, from endpoint: SignalKEndpoint, _ timing: SignalKTiming
  ) throws(SignalKError) -> Outcome {
    switch reply {
    case .unsecured: return .ready(nil)
    case .pending(let href):
      if let href, try store.read()[endpoint].request != href {
        polls = 0
        try store.change { $0[endpoint].request = href }
      }
      polls += 1
      // A quick look for two minutes while somebody sits in front of it, then a lazy one.
      return .wait(.approval, polls <= 24 ? timing.polling : timing.polling * 6)
    case .approved(let token, let text):
      try store.change {
        $0[endpoint].request = nil
        $0[endpoint].token = text
      }
      return .ready(token)
    case .denied:
      isDenied = true
      try store.change { $0[endpoint].request = nil }
      return .wait(.denied, timing.rechecking)
    case .alreadyAsked: return .wait(.earlierRequest, timing.rechecking)
    case .switchedOff: return .wait(.requestsOff, timing.rechecking)
    case .busy(let reason): return .wait(.busy(reason), timing.rechecking)
    case .forgotten: return .wait(.busy("it forgot our request at once"), timing.rechecking)
    case .senseless(let reason):
      throw .notSignalK(server: endpoint.description, reason: reason)
    }
  }

  private func clientId() throws(SignalKError) -> String {
    if let id = try store.read().clientId { return id }
    let id = UUID().uuidString.lowercased()
    try store.change { $0.clientId = $0.clientId ?? id }
    return try store.read().clientId ?? id
  }
}
