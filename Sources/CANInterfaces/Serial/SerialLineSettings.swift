/// An adapter that speaks the LAWICEL protocol, and how it is to be set up.
package struct SerialLineSettings: Hashable, Sendable {
  /// What has to be known of an adapter's firmware.
  package enum Firmware: String, CaseIterable, Hashable, Sendable {
    /// It answers commands, and has one for listening only.
    case lawicel
    /// It answers nothing but questions for its version, and is silenced by a mode.
    case canable
  }

  package var port: SerialPort
  /// The bus's; `nil` if the user gave none.
  package var bitRate: LawicelBitRate?
  /// Whether the adapter's own clock is used, if it has one.
  package var usesTimeStamps: Bool
  /// `nil` if the adapter is to be asked.
  package var firmware: Firmware?

  package init(
    port: SerialPort, bitRate: LawicelBitRate? = nil, usesTimeStamps: Bool = true,
    firmware: Firmware? = nil
  ) {
    self.port = port
    self.bitRate = bitRate
    self.usesTimeStamps = usesTimeStamps
    self.firmware = firmware
  }
}
