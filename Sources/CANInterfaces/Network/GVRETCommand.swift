/// What is ever said to an adapter that speaks GVRET.
///
/// The protocol also has commands that send frames. They are not here, so nothing can say them.
package enum GVRETCommand: Hashable, Sendable {
  case binaryMode
  /// Asks for the adapter's clock.
  case timeSync
  /// Asks for bit rates, and whether the buses are only listened to.
  case busParameters
  case deviceInfo
  case keepAlive
  /// Has both buses only listened to from now on.
  case listenOnly(GVRETBusRate, GVRETBusRate)

  var bytes: [UInt8] {
    switch self {
    case .binaryMode: [0xE7, 0xE7]
    // ESP32RET swallows the byte after this command; the zero is for it, and nothing to others.
    case .timeSync: [0xF1, 0x01, 0x00]
    case .busParameters: [0xF1, 0x06]
    case .deviceInfo: [0xF1, 0x07]
    case .keepAlive: [0xF1, 0x09]
    case .listenOnly(let first, let second): [0xF1, 0x05] + first.bytes + second.bytes
    }
  }
}

/// The bit rate of one of a GVRET adapter's buses, which is always set together with listen-only.
package struct GVRETBusRate: Hashable, Sendable {
  /// In bit/s, at most 1 Mbit/s; 0 for a bus that is not there.
  package let bitsPerSecond: UInt32

  package init(_ bitsPerSecond: UInt32) { self.bitsPerSecond = min(bitsPerSecond, 1_000_000) }

  /// Little-endian: the rate, with the flags "flags follow", "enabled" and "listen only".
  var bytes: [UInt8] {
    let word = bitsPerSecond == 0 ? 0 : bitsPerSecond | 0xE000_0000
    return (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
  }
}
