/// What is ever said to a socketcand server.
///
/// The protocol also has commands that send frames. They are not here, so nothing can say them.
package enum SocketcandCommand: Hashable, Sendable {
  case open(SocketcandBusName)
  /// Asks for every frame as it comes.
  case rawMode
  /// Asks whether the server is still there.
  case echo

  var text: String {
    switch self {
    case .open(let bus): "< open \(bus.text) >"
    case .rawMode: "< rawmode >"
    case .echo: "< echo >"
    }
  }
}

/// The name of a bus on a socketcand server, such as `can0`.
///
/// Only what a Linux interface can be called and what cannot end the command that it stands in.
package struct SocketcandBusName: Hashable, Sendable {
  package let text: String

  /// A name from outside input, or `nil` if it is none: 1 to 15 letters, digits, `_`, `-` or `.`.
  package init?(_ text: String) {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
    guard isPlain, (1...15).contains(text.utf8.count) else { return nil }
    self.text = text
  }
}
