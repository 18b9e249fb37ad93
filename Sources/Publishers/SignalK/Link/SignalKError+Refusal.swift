import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

extension SignalKError {
  /// What an answer means that is not the wanted stream.
  init(refusalBy server: String, answer: Result<HTTPAnswer, any Error>, tokenFile: String?) {
    switch answer {
    case .success(let answer):
      self.init(refusalBy: server, answer: answer, tokenFile: tokenFile)
    case .failure(let error as SignalKError): self = error
    case .failure(is HTTPParserError):
      self = .notSignalK(server: server, reason: "its answer is not HTTP")
    case .failure(is NIOHTTPClientUpgradeError):
      self = .notSignalK(server: server, reason: "its answer opens no WebSocket")
    case .failure(let error):
      if let failure = SignalKError(handshakeWith: server, failing: error) {
        self = failure
        return
      }
      // Everything else is a connection that ended before the answer was complete.
      self = .connectionLost(server: server, reason: "it ended before the server had answered")
    }
  }

  private init(refusalBy server: String, answer: HTTPAnswer, tokenFile: String?) {
    switch answer.status {
    case 401, 403:
      self = .accessRefused(
        server: server, status: answer.status, reason: answer.reason, tokenFile: tokenFile)
    case 404: self = .notSignalK(server: server, reason: "it has no stream (404)")
    case 426: self = .notSignalK(server: server, reason: "it wants another protocol (426)")
    case 429: self = .tooManyConnections(server: server)
    case 500...:
      self = .cannotConnect(
        server: server, reason: "the server answers \(answer.status) \(answer.reason)")
    default:
      let location = answer.location.map { ", see \($0.quotable)" } ?? ""
      self = .notSignalK(
        server: server, reason: "it answers \(answer.status) \(answer.reason)\(location)")
    }
  }
}

extension Error {
  /// The reason in a few words, where the error is one of the usual ones of a network.
  var shortReason: String {
    switch self {
    case let error as NIOConnectionError:
      if let failure = error.connectionErrors.first { return failure.error.shortReason }
      return "no address is known for the host '\(error.host)'"
    case let error as IOError:
      // Such as `connect(descriptor:addr:size:): Connection refused (errno: 111)`.
      let text = error.description.components(separatedBy: " (errno").first ?? ""
      return (text.components(separatedBy: ": ").last ?? text)
        .trimmingCharacters(in: [")"]).quotable
    case is ChannelError: return "it ended"
    default: return "\(self)".quotable
    }
  }
}
