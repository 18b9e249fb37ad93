/// Everything that Busbar ever says to an adapter or a server: how to set it up, and questions
/// about itself.
///
/// No case of it, with whatever values, makes an adapter send a frame.
package enum AdapterCommand: Hashable, Sendable {
  case lawicel(LawicelCommand)
  case socketcand(SocketcandCommand)
  case gvret(GVRETCommand)

  /// The command as it goes over the wire.
  package var bytes: [UInt8] {
    switch self {
    case .lawicel(let command): Array(command.text.utf8)
    case .socketcand(let command): Array(command.text.utf8)
    case .gvret(let command): command.bytes
    }
  }
}
