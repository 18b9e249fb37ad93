/// What is ever said to an adapter that speaks the LAWICEL protocol.
///
/// The protocol also has commands that send frames. They are not here, so nothing can say them.
package enum LawicelCommand: Hashable, Sendable {
  /// Ends what half a command may still stand in the adapter's buffer.
  case endOfLine
  case close
  case version
  case serialNumber
  case bitRate(LawicelBitRate)
  /// Older adapters hand out frames only when asked; this makes them send by themselves.
  case autoSend
  case timeStamps(Bool)
  case statusFlags
  /// Opens the channel without ever acknowledging a frame on the bus.
  case listenOnly
  /// The same for CANable's firmware, which has no `L`: silent mode and opening in one piece,
  /// because opening alone would acknowledge.
  case silentThenOpen

  var text: String {
    switch self {
    case .endOfLine: "\r"
    case .close: "C\r"
    case .version: "V\r"
    case .serialNumber: "N\r"
    case .bitRate(let rate): "S\(Character(Unicode.Scalar(rate.digit)))\r"
    case .autoSend: "X1\r"
    case .timeStamps(let isOn): isOn ? "Z1\r" : "Z0\r"
    case .statusFlags: "F\r"
    case .listenOnly: "L\r"
    case .silentThenOpen: "M1\rO\r"
    }
  }
}
