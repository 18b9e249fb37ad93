/// Why an adapter or a server that can be reached is of no use.
package enum AdapterFault: Hashable, Sendable {
  /// It answers nothing at all.
  case silent
  /// It has answered, and no longer does.
  case noLongerAnswers
  case refusesBitRate(Int)
  /// It does not know how to only listen, or refuses to; its version if it told one.
  case refusesListenOnly(version: String?)
  /// It does not say whether it only listens.
  case unconfirmedListenOnly(version: String?)
  /// What it says is not the protocol.
  case foreignLanguage(String)
  /// A server's own words for what is wrong.
  case refused(String)
}

extension AdapterFault: CustomStringConvertible {
  /// What is wrong, and what to do about it.
  package var description: String {
    switch self {
    case .silent: "nothing answers; check the device, its firmware and baud="
    case .noLongerAnswers: "it no longer answers"
    case .refusesBitRate(let rate): "the adapter refuses \(rate) bit/s; give another bitrate="
    case .refusesListenOnly(let version):
      "the adapter\(Self.shown(version)) refuses to only listen, "
        + "and is not opened: it would acknowledge frames on the bus"
    case .unconfirmedListenOnly(let version):
      "the adapter\(Self.shown(version)) does not confirm that it only listens, "
        + "and is not used; if it has CANable's firmware, add firmware=canable"
    case .foreignLanguage(let text): "not what was expected came: '\(text)'"
    case .refused(let text): "refused: '\(text)'"
    }
  }

  private static func shown(_ version: String?) -> String {
    version.map { " (\($0))" } ?? ""
  }
}
