/// One classic CAN frame as it was received: 24 bytes in memory, without a heap allocation.
public struct CANFrame: Hashable, Sendable {
  /// What sort of frame it is.
  public enum Kind: UInt8, Hashable, Sendable {
    /// A data frame: up to eight bytes of payload.
    case data
    /// A remote request (RTR): asks for data, `length` says how much, the payload is empty.
    case remote
    /// The controller's report of trouble on the bus; see ``CANErrorReport``.
    case error
  }

  /// The `timestamp` of a frame whose source has no time, such as `candump` without `-t`.
  public static let noTime = Int64.min

  /// Below this a timestamp counts from the start of its recording, not from 1970.
  ///
  /// 1991-01-01: no CAN recording is older, and a recording with relative times is shorter.
  public static let firstAbsoluteTime: Int64 = 662_688_000_000_000_000

  /// The times that a log can have, so that no distance between two of them overflows: 1823 to 2116.
  public static let times: ClosedRange<Int64> = -(1 << 62)...(1 << 62)

  /// When the frame was received, in nanoseconds: one of ``times``, or ``noTime``.
  ///
  /// Since 1970-01-01T00:00:00Z; or since the start of the recording if it is below
  /// ``firstAbsoluteTime``.
  public var timestamp: Int64
  /// The payload as one word: byte `i` is bits `8 * i ..< 8 * i + 8`, and bits past `length` are 0.
  public let payload: UInt64
  /// The identifier; for an error frame, the error class bits as an extended identifier.
  public let identifier: CANIdentifier
  public let kind: Kind
  /// The number of payload bytes, `0...8`.
  public let length: UInt8
  /// Which bus it came from: an index into the names that its source keeps.
  public var bus: UInt8
  /// Whether the program or device that logged it sent it itself (Tx), where a log says so.
  ///
  /// What is heard live is taken as received (Rx).
  public var isSent: Bool

  /// Creates a frame from a payload word.
  ///
  /// - Precondition: `length` is `0...8`. Bits of `payload` past `length` are cleared, and all of
  ///   them for a remote request.
  public init(
    timestamp: Int64, identifier: CANIdentifier, kind: Kind = .data, payload: UInt64, length: UInt8,
    bus: UInt8 = 0, isSent: Bool = false
  ) {
    precondition(length <= 8, "a classic CAN frame has 0 to 8 bytes, not \(length)")
    self.timestamp = timestamp
    self.identifier = identifier
    self.kind = kind
    self.length = length
    self.bus = bus
    self.isSent = isSent
    let mask = length == 8 ? UInt64.max : (1 << (UInt64(length) * 8)) - 1
    self.payload = kind == .remote ? 0 : payload & mask
  }

  /// The payload byte at `index`.
  ///
  /// - Precondition: `index` is below ``length``.
  public func byte(at index: Int) -> UInt8 {
    precondition(index < length, "byte \(index) of a frame of \(length) bytes")
    return UInt8(truncatingIfNeeded: payload >> (UInt64(index) * 8))
  }

  /// When the frame was received, in nanoseconds since 1970, or `nil` if that is not known.
  public var absoluteTime: Int64? { timestamp >= Self.firstAbsoluteTime ? timestamp : nil }

  /// The frame's time on whatever scale its source has, or `nil` if it has none.
  public var sourceTime: Int64? { timestamp == Self.noTime ? nil : timestamp }
}

extension CANFrame {
  /// The payload in upper-case hex, two digits a byte, such as `1F01BC02`.
  public var payloadText: String {
    var text: [UInt8] = []
    appendPayloadHex(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the payload in upper-case hex, two digits a byte.
  public func appendPayloadHex(to text: inout [UInt8]) {
    for index in 0..<Int(length) {
      let byte = byte(at: index)
      text.append(Self.hexDigit(byte >> 4))
      text.append(Self.hexDigit(byte & 15))
    }
  }

  private static func hexDigit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") + nibble - 10
  }
}
