import BMSDialects
import CANFrames
import DBC

/// Which frame is sent when: slots of equal length that come round and round.
struct FrameSchedule: Sendable {
  /// From one slot to the next, in ns.
  let slotDuration: Int64
  /// The message of each slot; `nil` where nothing is sent.
  let slots: [EncodedMessage?]

  /// A schedule for a battery on its own dialect.
  ///
  /// - Parameters:
  ///   - product: What is simulated.
  ///   - dialect: Its dialect.
  ///   - number: 1 for the first battery on a bus, 2 for the second.
  ///   - firmware: Its software, such as `2.6`.
  init(
    _ product: SimulatedProduct, _ dialect: Dialect, number: Int = 1, firmware: String = "2.6"
  ) {
    let texts = product.texts(number: number, firmware: firmware)
    func message(_ index: Int) -> EncodedMessage {
      EncodedMessage(
        index, length: Self.length(of: index, in: dialect, product), of: dialect, texts: texts,
        unwatched: product.unwatched)
    }
    if product == .recQ {
      slotDuration = 151_000_000
      slots = Self.recOrder.map { number in
        number.flatMap { dialect.plan.messageIndex(for: .standard($0)) }.map(message)
      }
    } else {
      let indices = dialect.messages.indices.filter { index in
        dialect.messages[index].direction == .battery
          && dialect.messages[index].presence != .optional
          || Self.known.contains(dialect.plan.messages[index].identifier.number)
      }
      // Everything once a second, as most makers document it.
      slotDuration = 1_000_000_000 / Int64(max(1, indices.count))
      slots = indices.map { message($0) }
    }
  }

  /// The order of a REC 9M's capture, with the REC Q's 0x35A in the place of its 0x404.
  ///
  /// The slot of 0x360, which a REC Q does not send, stays empty.
  private static let recOrder: [UInt16?] = [
    0x380, 0x381, 0x351, 0x355, 0x356, 0x35A, 0x35E, 0x351, 0x35F, nil, 0x372, 0x373, 0x374, 0x375,
    0x376, 0x377, 0x351, 0x379,
  ]

  /// Messages that a battery may leave out and the simulated ones send.
  private static let known: Set<UInt32> = [0x370, 0x371, 0x372, 0x374, 0x375, 0x379, 0x380]

  /// The shortest length that carries everything, as the makers' captures have it.
  private static func length(
    of index: Int, in dialect: Dialect, _ product: SimulatedProduct
  ) -> Int {
    let number = dialect.plan.messages[index].identifier.number
    if product == .recQ, number == 0x355 || number == 0x356 { return 6 }
    return dialect.plan.messages[index].length
  }
}
