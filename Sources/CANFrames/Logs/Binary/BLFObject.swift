/// The head of an object in a BLF file: what it is, and how long.
///
///     byte 0    LOBJ
///     byte 4    length of all heads (16 bits), version of the second head (16 bits)
///     byte 8    length of the object (32 bits), kind (32 bits)
///     byte 16   unit of the time (32 bits), ...
///     byte 24   time since the file's start (64 bits)
struct BLFObject: Hashable, Sendable {
  /// The bytes that begin every object.
  static let signature: [4 of UInt8] = [0x4C, 0x4F, 0x42, 0x4A]
  /// Length of the head up to and including the kind.
  static let headLength = 16

  /// The kinds that matter here.
  enum Kind: UInt32, Hashable, Sendable {
    case message = 1
    case error = 2
    case container = 10
    case extendedError = 73
    case message2 = 86
    case flexibleDataRate = 100
    case flexibleDataRate64 = 101
    case flexibleDataRateError64 = 104
    case framesLost = 126
  }

  /// The longest container: Vector's own unpack to 128 KiB.
  static let longestContainer = 16 << 20
  /// The longest object of another kind that matters.
  static let longestMessage = 4096

  /// Length of all heads; what is behind them is the content.
  let headsLength: Int
  let length: Int
  /// `nil` for a kind that does not matter.
  let kind: Kind?

  /// Reads what follows the signature; `nil` if no object can look like this.
  init?(_ head: Span<UInt8>) {
    let order = ByteOrder.littleEndian
    headsLength = Int(order.word16(head, at: 0))
    length = Int(order.word32(head, at: 4))
    kind = Kind(rawValue: order.word32(head, at: 8))
    guard headsLength >= Self.headLength, length >= headsLength else { return nil }
    let limit =
      switch kind {
      case nil: Int.max
      case .container: Self.longestContainer
      default: Self.longestMessage
      }
    // All kinds but containers have the head with the time.
    guard length <= limit, kind == nil || kind == .container || headsLength >= 32 else {
      return nil
    }
  }
}
