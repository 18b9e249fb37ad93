public import CANFrames

/// One message of a DBC file: `BO_ 854 Measurements: 8 BMS` and the signals below it.
public struct DBCMessage: Hashable, Sendable {
  /// The name, or the long name where the file gives one as an attribute.
  public var name: String
  /// `nil` for the pseudo-message that tools keep unused signals in.
  public var identifier: CANIdentifier?
  /// Declared payload length in bytes; above 8 for CAN FD.
  public var length: Int
  public var sender: String
  public var signals: [DBCSignal] = []
  public var comment: String?
  public var attributes: [String: DBCAttributeValue] = [:]
  public var location: SourceLocation
  /// The number as the file writes it, format bit included.
  var number: UInt64

  /// Whether it is longer than a classic frame, so that only CAN FD can carry it.
  public var isFlexibleDataRate: Bool { length > 8 }
}

/// One signal: `SG_ Current : 16|16@1- (0.1,0) [-3276.8|3276.7] "A" INV`.
public struct DBCSignal: Hashable, Sendable {
  /// How the bits are to be read as a number.
  public enum NumberFormat: Hashable, Sendable {
    case unsigned
    case signed
    /// 32 bits of IEEE 754.
    case float
    /// 64 bits of IEEE 754.
    case double
  }

  /// Another signal of the message decides whether this one is present.
  public struct Selector: Hashable, Sendable {
    /// The name of the deciding signal.
    public var signal: String
    /// The raw values at which this signal is present.
    public var values: [ClosedRange<UInt64>]
  }

  /// The name, or the long name where the file gives one as an attribute.
  public var name: String
  /// As DBC numbers it: of the least significant bit if little-endian, else of the most
  /// significant one.
  public var startBit: Int
  /// Width in bits.
  public var length: Int
  public var byteOrder: BitField.ByteOrder
  public var format: NumberFormat
  /// Physical value = raw value * factor + offset.
  public var factor: ExactDecimal
  public var offset: ExactDecimal
  public var minimum: ExactDecimal?
  public var maximum: ExactDecimal?
  public var unit: String
  public var receivers: [String] = []
  /// Whether other signals depend on this one.
  public var isMultiplexor = false
  /// On what its presence depends; `nil` if it is always there.
  public var selector: Selector?
  public var comment: String?
  /// Words for raw values (`VAL_`).
  public var labels: [Int64: String] = [:]
  public var attributes: [String: DBCAttributeValue] = [:]
  public var location: SourceLocation
  /// The name as statements of the file refer to it.
  var shortName: String
}
