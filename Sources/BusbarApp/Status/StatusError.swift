/// Why a gateway cannot be asked, or cannot be asked by others.
package enum StatusError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no socket.
  case notRunning(path: String)
  /// There is a socket, and nobody listens on it.
  case stale(path: String)
  /// The socket may not be used by this user.
  case notPermitted(path: String)
  /// Another gateway listens there.
  case taken(path: String)
  /// Something answers, and not with a report.
  case notUnderstood(path: String, reason: String)
  /// It takes too long.
  case noAnswer(path: String)
  /// What the kernel says.
  case failed(path: String, reason: String)

  package var description: String {
    switch self {
    case .notRunning(let path):
      "no gateway is running: there is no \(path); start one with 'busbar run', or name its socket "
        + "with --socket"
    case .stale(let path):
      "no gateway is running: nobody listens on \(path), which one left behind"
    case .notPermitted(let path): "\(path): permission denied; ask as the gateway's user or as root"
    case .taken(let path): "status socket \(path): another gateway listens there"
    case .notUnderstood(let path, let reason): "\(path): not a gateway's answer: \(reason)"
    case .noAnswer(let path): "\(path): no answer within 3 s; the gateway hangs"
    case .failed(let path, let reason): "\(path): \(reason)"
    }
  }
}
