import BMSDialects
import CANFrames

/// Which bus of a source a battery is on, by what it says.
///
/// One frame with an identifier that a battery has too is no battery: the first bus that said several
/// of its messages is the battery's, and until then the one that began.
struct BatteryBus: Sendable {
  /// What follows from a frame.
  enum Finding: Hashable, Sendable {
    /// It is the battery's.
    case own
    /// It is the battery's, and what was taken for the battery's so far is not.
    case moved
    case other
  }

  private static let enough = 3

  /// The bus that the battery is on, as far as it is known; `nil` until it was heard.
  private(set) var number: UInt8?
  /// Whether it stays on this bus.
  private(set) var isSure = false
  /// The numbers of the messages that each bus said.
  private var heard: [UInt8: Set<Int>] = [:]

  /// Decides for a bus.
  mutating func decide(_ bus: UInt8) {
    number = bus
    isSure = true
    heard = [:]
  }

  /// Takes note that a bus said one of the battery's messages, by its number in the dialect.
  mutating func take(_ bus: UInt8, _ message: Int, of dialect: Dialect) -> Finding {
    guard !isSure else { return bus == number ? .own : .other }
    let first = number ?? bus
    number = first
    heard[bus, default: []].insert(message)
    let messages = dialect.messages.count { $0.direction == .battery }
    if heard[bus, default: []].count >= min(Self.enough, messages) { decide(bus) }
    return number == first ? (bus == first ? .own : .other) : .moved
  }
}
