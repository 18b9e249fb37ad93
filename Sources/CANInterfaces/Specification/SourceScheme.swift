/// A kind of source that is written with a word and a colon in front.
package enum SourceScheme: String, CaseIterable, Hashable, Sendable {
  /// `slcan:/dev/ttyACM0?bitrate=250000`
  case serialLine = "slcan:"
  /// `sim:rec-q`
  case simulator = "sim:"
  /// `socketcand://host:29536/can0`
  case socketcand = "socketcand://"
  /// `gvret://host:23?bus=1`
  case gvret = "gvret://"
  /// `gvret:/dev/ttyUSB0`; after the network's, whose beginning it is
  case gvretSerial = "gvret:"
  /// `cannelloni://:20000`
  case cannelloni = "cannelloni://"

  /// The settings that may follow after a `?`.
  package var keys: [String] {
    switch self {
    case .serialLine: ["bitrate", "baud", "timestamps", "firmware"]
    case .gvret: ["bitrate", "bus"]
    case .gvretSerial: ["bitrate", "baud", "bus"]
    case .simulator, .socketcand, .cannelloni: []
    }
  }
}
