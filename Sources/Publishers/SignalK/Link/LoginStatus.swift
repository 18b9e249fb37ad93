import Foundation

/// Whether a server stores what we send; on the stream it never tells.
///
/// With security on and a token that may only read, or none, a server opens the stream, takes
/// every delta, and drops it without a word.
enum LoginStatus: Hashable, Sendable {
  case mayWrite
  /// The token's holder may only read.
  case readOnly
  /// The server has security on, and we are nobody.
  case notLoggedIn
  /// What we sent was not found there afterwards.
  case notKept
  /// A server without this route, or one that answers it differently.
  case unknown

  /// Reads the answer to `GET /skServer/loginStatus`.
  init(parsing answer: HTTPAnswer?) {
    guard let answer, answer.status == 200,
      let parsed = try? JSONSerialization.jsonObject(with: answer.body),
      let object = parsed as? [String: Any]
    else {
      self = .unknown
      return
    }
    switch (object["userLevel"] as? String, object["authenticationRequired"] as? Bool) {
    case ("readonly", _): self = .readOnly
    case ("readwrite", _), ("admin", _): self = .mayWrite
    case (_, false): self = .mayWrite
    case (_, true): self = (object["status"] as? String) == "loggedIn" ? .unknown : .notLoggedIn
    default: self = .unknown
    }
  }

  /// Whether the server keeps what we send; `nil` if that is not known.
  var mayWrite: Bool? {
    switch self {
    case .mayWrite: true
    case .readOnly, .notLoggedIn, .notKept: false
    case .unknown: nil
    }
  }

  /// What to tell the user, or `nil` if nothing is known to be wrong.
  func warning(at endpoint: SignalKEndpoint, access: SignalKAccess) -> String? {
    let devices = endpoint.adminPage("security/devices")
    return switch (self, access) {
    case (.mayWrite, _), (.unknown, _): nil
    case (.readOnly, .request):
      """
      The server drops everything we send: we asked for Read/Write, and were let in to read only; \
      give the device 'Read/Write' at \(devices)
      """
    case (.readOnly, let access):
      """
      The server drops everything we send: the token\(access.tokenPath.map { " in \($0)" } ?? "") \
      may only read; give the device 'Read/Write' at \(devices)
      """
    case (.notKept, _):
      """
      The server does not keep what we send; look whether the device may write at \(devices)
      """
    case (.notLoggedIn, .tokenFile(let file)):
      """
      The server drops everything we send: it does not know the token in \(file.path); \
      put a valid token into that file
      """
    case (.notLoggedIn, _):
      """
      The server drops everything we send: its security is on and we have no token; \
      name a file that holds one
      """
    }
  }
}
