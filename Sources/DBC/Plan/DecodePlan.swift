public import CANFrames

/// One message, compiled: where its signals stand in the plan.
public struct MessagePlan: Sendable {
  public let name: String
  public let identifier: CANIdentifier
  /// The declared length in bytes.
  public let length: Int
  /// The message's signals: a range of ``DecodePlan/signals``.
  public let signals: Range<Int>
}

/// A DBC file compiled for decoding: flat lists, and a number for each message and signal.
///
/// Names are resolved when the plan is built. Finding a frame's message is one look-up in a table;
/// nothing is allocated for a frame. A frame that is shorter than its message yields the signals it
/// contains: a missing byte is not a zero.
public struct DecodePlan: Sendable {
  public let messages: [MessagePlan]
  public let signals: [SignalPlan]
  /// What the file describes and this plan cannot decode, one sentence for each.
  public let omissions: [String]

  /// For each standard identifier, the index of its message plus one, or 0.
  private let standard: [UInt16]
  private let extended: [CANIdentifier: Int]

  /// Compiles every message that a classic frame can carry.
  public init(_ file: DBCFile) {
    var builder = DecodePlanBuilder()
    for message in file.messages { builder.add(message) }
    var standard = [UInt16](repeating: 0, count: 2048)
    var extended: [CANIdentifier: Int] = [:]
    for (index, message) in builder.messages.enumerated() {
      if message.identifier.format == .standard {
        standard[Int(message.identifier.number)] = UInt16(index + 1)
      } else {
        extended[message.identifier] = index
      }
    }
    self.messages = builder.messages
    self.signals = builder.signals
    self.omissions = builder.omissions
    self.standard = standard
    self.extended = extended
  }

  /// The index of the message that `identifier` belongs to, or `nil` if the file has none.
  public func messageIndex(for identifier: CANIdentifier) -> Int? {
    if identifier.format == .extended { return extended[identifier] }
    let index = Int(standard[Int(identifier.number)]) - 1
    return index < 0 ? nil : index
  }
}
