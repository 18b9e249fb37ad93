/// What an error frame says, in words.
///
/// The kernel reports trouble on a bus as a frame whose identifier is a set of error classes and
/// whose payload holds details (Linux `include/uapi/linux/can/error.h`).
public struct CANErrorReport: Hashable, Sendable {
  /// The error classes, bits of the frame's identifier.
  public let classes: UInt32
  private let payload: UInt64

  /// The report in an error frame, or `nil` for any other frame.
  public init?(_ frame: CANFrame) {
    guard frame.kind == .error else { return nil }
    classes = frame.identifier.number
    payload = frame.payload
  }

  /// Whether the controller has left the bus (`CAN_ERR_BUSOFF`).
  public var isBusOff: Bool { classes & 0x40 != 0 }

  /// Whether the controller has become error-passive (`CAN_ERR_CRTL_RX_PASSIVE` or `_TX_PASSIVE`).
  public var isPassive: Bool { classes & 0x004 != 0 && detail(1) & 0x30 != 0 }

  /// Whether the controller works as it should again: it was restarted, or its errors went down.
  public var isRecovered: Bool {
    classes & 0x100 != 0 || (classes & 0x004 != 0 && detail(1) & 0x40 != 0)
  }

  private func detail(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: payload >> (8 * index)) }
}

extension CANErrorReport: CustomStringConvertible {
  /// Every class with its details, such as `controller: receiver passive; bus errors sent 0, received 135`.
  public var description: String {
    var parts: [String] = []
    if classes & 0x001 != 0 { parts.append("transmission timed out") }
    if classes & 0x002 != 0 { parts.append(arbitration) }
    if classes & 0x004 != 0 {
      parts.append("controller: " + Self.words(detail(1), Self.controller))
    }
    if classes & 0x008 != 0 { parts.append("protocol: " + violation) }
    if classes & 0x010 != 0 { parts.append("transceiver: " + transceiver) }
    if classes & 0x020 != 0 { parts.append("nobody acknowledged a frame") }
    if classes & 0x040 != 0 { parts.append("bus off: the controller has left the bus") }
    if classes & 0x080 != 0 { parts.append("bus error") }
    if classes & 0x100 != 0 { parts.append("controller restarted") }
    if classes & 0x200 != 0 || detail(6) != 0 || detail(7) != 0 {
      parts.append("error counters: sent \(detail(6)), received \(detail(7))")
    }
    let unknown = classes & ~0x3FF
    if unknown != 0 { parts.append("unknown class 0x\(String(unknown, radix: 16))") }
    return parts.isEmpty ? "no error class given" : parts.joined(separator: "; ")
  }

  private var arbitration: String {
    detail(0) == 0 ? "arbitration lost" : "arbitration lost in bit \(detail(0))"
  }

  private var violation: String {
    let kind = Self.words(detail(2), Self.protocolKinds)
    guard let place = Self.places[detail(3)] else { return kind }
    return "\(kind) in the \(place)"
  }

  private var transceiver: String {
    Self.transceiverStates[detail(4)] ?? "unspecified"
  }

  private static func words(_ bits: UInt8, _ names: [String]) -> String {
    let set = names.indices.filter { bits & 1 << UInt8($0) != 0 }.map { names[$0] }
    return set.isEmpty ? "unspecified" : set.joined(separator: ", ")
  }

  private static let controller = [
    "receive buffer overflow", "transmit buffer overflow", "receiver warning (96 errors)",
    "sender warning (96 errors)", "receiver passive (128 errors)", "sender passive (128 errors)",
    "recovered to error-active",
  ]

  private static let protocolKinds = [
    "single bit error", "frame format error", "bit stuffing error", "dominant bit not sent",
    "recessive bit not sent", "bus overload", "active error announcement", "error while sending",
  ]

  private static let places: [UInt8: String] = [
    0x02: "identifier (bits 28 to 21)", 0x03: "start of frame", 0x04: "substitute RTR bit",
    0x05: "identifier extension bit", 0x06: "identifier (bits 20 to 18)",
    0x07: "identifier (bits 17 to 13)", 0x08: "CRC sequence", 0x09: "reserved bit 0",
    0x0A: "data", 0x0B: "data length", 0x0C: "RTR bit", 0x0D: "reserved bit 1",
    0x0E: "identifier (bits 4 to 0)", 0x0F: "identifier (bits 12 to 5)", 0x12: "intermission",
    0x18: "CRC delimiter", 0x19: "acknowledge slot", 0x1A: "end of frame",
    0x1B: "acknowledge delimiter",
  ]

  private static let transceiverStates: [UInt8: String] = [
    0x04: "CAN high: no wire", 0x05: "CAN high: short to battery",
    0x06: "CAN high: short to supply",
    0x07: "CAN high: short to ground", 0x40: "CAN low: no wire", 0x50: "CAN low: short to battery",
    0x60: "CAN low: short to supply", 0x70: "CAN low: short to ground",
    0x80: "CAN low: short to CAN high",
  ]
}
