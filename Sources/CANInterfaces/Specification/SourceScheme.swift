/// A kind of source that is written with a word and a colon in front.
package enum SourceScheme: String, CaseIterable, Hashable, Sendable {
  /// `slcan:/dev/ttyACM0?bitrate=250000`
  case serialLine = "slcan:"
  /// `sim:rec-q`
  case simulator = "sim:"
  /// `socketcand://host:29536/can0`
  case socketcand = "socketcand://"
  /// `gvret://host:23`
  case gvret = "gvret://"

  /// What such a source is, for messages.
  var meaning: String {
    switch self {
    case .serialLine: "a serial adapter (slcan)"
    case .simulator: "the simulator"
    case .socketcand: "a socketcand server"
    case .gvret: "a GVRET adapter on the network"
    }
  }
}
