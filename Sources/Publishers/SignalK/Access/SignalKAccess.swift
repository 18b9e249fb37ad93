import Glibc

/// How a server comes to let us write.
package enum SignalKAccess: Hashable, Sendable {
  /// It has no security.
  case open
  /// By a token that the user put into a file.
  ///
  /// It is read for each connection anew, so that a token can be replaced without a restart.
  case tokenFile(TokenFile)
  /// By asking for access as a device; what comes of it is kept in the state file.
  ///
  /// `description` is what the server's administrator reads when he decides.
  case request(SignalKStateFile, description: String = Self.description)

  /// The path of the token's file, for messages.
  var tokenPath: String? { if case .tokenFile(let file) = self { file.path } else { nil } }

  /// Such as `Busbar on raspberrypi (battery data)`.
  package static var description: String {
    var name = [CChar](repeating: 0, count: 256)
    let isKnown = unsafe gethostname(&name, name.count - 1) == 0
    let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let host =
      isKnown && !bytes.isEmpty ? String(decoding: bytes, as: UTF8.self).quotable : "a computer"
    return "Busbar on \(host) (battery data)"
  }
}
