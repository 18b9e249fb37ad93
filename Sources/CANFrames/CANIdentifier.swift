/// A CAN identifier: its number and its format, never one without the other.
///
/// `0x356` in standard format and `0x356` in extended format are different identifiers.
/// Ordered as the bus arbitrates: the identifier that wins the bus comes first.
public struct CANIdentifier: Hashable, Sendable {
  /// How many bits the identifier has on the wire.
  public enum Format: UInt8, Hashable, Sendable {
    /// 11 bits, `0...0x7FF`.
    case standard
    /// 29 bits, `0...0x1FFF_FFFF`.
    case extended

    /// The largest number that fits.
    public var largest: UInt32 { self == .standard ? 0x7FF : 0x1FFF_FFFF }
  }

  /// The number in bits 0 to 28, the format in bit 31: the kernel's own layout, in four bytes.
  private let bits: UInt32

  /// The number alone, without format and flags.
  public var number: UInt32 { bits & 0x1FFF_FFFF }

  /// The format that the number stands in.
  public var format: Format { bits >> 31 == 0 ? .standard : .extended }

  /// Creates an identifier from outside input, or `nil` if `number` does not fit `format`.
  public init?(exactly number: UInt32, format: Format) {
    guard number <= format.largest else { return nil }
    self.bits = number | UInt32(format.rawValue) << 31
  }

  /// Creates a standard identifier from a constant in the source.
  ///
  /// - Precondition: `number <= 0x7FF`. For outside input use ``init(exactly:format:)``.
  public static func standard(_ number: UInt16) -> Self {
    guard let identifier = Self(exactly: UInt32(number), format: .standard) else {
      preconditionFailure("0x\(String(number, radix: 16)) does not fit an 11-bit identifier")
    }
    return identifier
  }
}

extension CANIdentifier: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    (left.arbitration, left.bits) < (right.arbitration, right.bits)
  }

  /// The 29 bits that are compared on the wire; a standard identifier is the upper eleven of them.
  private var arbitration: UInt32 { format == .standard ? number << 18 : number }
}

extension CANIdentifier: CustomStringConvertible {
  /// Upper-case hex as candump prints it: three digits for 11 bits, eight for 29.
  public var description: String {
    let digits = String(number, radix: 16, uppercase: true)
    let width = format == .standard ? 3 : 8
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
