/// What a CAN controller says of itself when its driver is asked.
package struct ControllerReport: Hashable, Sendable {
  /// In bit/s; `nil` if the driver does not tell.
  package var bitRate: Int?
  /// In the kernel's words, such as `error active`; `nil` if the driver does not tell.
  package var state: String?

  package init(bitRate: Int?, state: String?) {
    self.bitRate = bitRate
    self.state = state
  }
}

extension ControllerReport {
  init?(interface: String) { nil }
}
