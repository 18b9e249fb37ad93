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
    var messages: [MessagePlan] = []
    var signals: [SignalPlan] = []
    var omissions: [String] = []
    var standard = [UInt16](repeating: 0, count: 2048)
    var extended: [CANIdentifier: Int] = [:]
    for message in file.messages {
      guard let identifier = message.identifier, messages.count < UInt16.max else { continue }
      if message.isFlexibleDataRate {
        omissions.append(
          "message '\(message.name)' has \(message.length) bytes: only CAN FD can carry it")
        continue
      }
      let start = signals.count
      for signal in message.signals {
        if let plan = SignalPlan(signal, conditions: Self.conditions(of: signal, in: message)) {
          signals.append(plan)
        } else {
          omissions.append("signal '\(signal.name)' of '\(message.name)' is not within eight bytes")
        }
      }
      if identifier.format == .standard {
        standard[Int(identifier.number)] = UInt16(messages.count + 1)
      } else {
        extended[identifier] = messages.count
      }
      messages.append(
        MessagePlan(
          name: message.name, identifier: identifier, length: message.length,
          signals: start..<signals.count))
    }
    self.messages = messages
    self.signals = signals
    self.omissions = omissions
    self.standard = standard
    self.extended = extended
  }

  /// The index of the message that `identifier` belongs to, or `nil` if the file has none.
  public func messageIndex(for identifier: CANIdentifier) -> Int? {
    if identifier.format == .extended { return extended[identifier] }
    let index = Int(standard[Int(identifier.number)]) - 1
    return index < 0 ? nil : index
  }

  /// What has to hold for a multiplexed signal to be present, from its own multiplexor upwards.
  private static func conditions(
    of signal: DBCSignal, in message: DBCMessage
  ) -> [SignalPlan.Condition] {
    var conditions: [SignalPlan.Condition] = []
    var selector = signal.selector
    // A signal cannot depend on more signals than there are; a circle ends here.
    while let current = selector, conditions.count <= message.signals.count,
      let multiplexor = message.signals.first(where: {
        $0.name == current.signal || $0.shortName == current.signal
      }),
      let field = BitField(
        startBit: multiplexor.startBit, length: multiplexor.length,
        byteOrder: multiplexor.byteOrder, isSigned: false)
    {
      conditions.append(SignalPlan.Condition(field: field, values: current.values))
      selector = multiplexor.selector
    }
    return conditions
  }
}
