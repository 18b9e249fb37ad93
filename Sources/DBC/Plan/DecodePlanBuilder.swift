import CANFrames

/// Compiles messages one by one, and says what it has to leave out.
struct DecodePlanBuilder {
  private(set) var messages: [MessagePlan] = []
  private(set) var signals: [SignalPlan] = []
  private(set) var omissions: [String] = []

  /// Signals can depend on signals that depend on signals; this often is a circle.
  private static let deepestNesting = 16
  /// Messages are numbered in 16 bits, from 1.
  private static let mostMessages = Int(UInt16.max)

  mutating func add(_ message: DBCMessage) {
    guard let identifier = message.identifier else { return }
    guard message.length <= 8 else {
      let carrier = message.length <= 64 ? "only CAN FD" : "no single frame"
      omissions.append(
        "message '\(message.name)' has \(message.length) bytes: \(carrier) can carry it")
      return
    }
    guard messages.count < Self.mostMessages else {
      omissions.append("message '\(message.name)' is one too many: \(Self.mostMessages) fit")
      return
    }
    let start = signals.count
    addSignals(of: message)
    messages.append(
      MessagePlan(
        name: message.name, identifier: identifier, length: message.length,
        signals: start..<signals.count))
  }

  private mutating func addSignals(of message: DBCMessage) {
    let names = message.signals.enumerated().map { ($1.name, $0) }
    let indices = Dictionary(names) { first, _ in first }
    for signal in message.signals {
      do throws(SignalOmission) {
        let conditions = try Self.conditions(of: signal, in: message, indices)
        signals.append(try SignalPlan(signal, conditions: conditions))
      } catch {
        omissions.append("signal '\(signal.name)' of '\(message.name)' \(error)")
      }
    }
  }

  /// What has to hold for a multiplexed signal to be present, from its own multiplexor upwards.
  private static func conditions(
    of signal: DBCSignal, in message: DBCMessage, _ indices: [String: Int]
  ) throws(SignalOmission) -> [SignalPlan.Condition] {
    var conditions: [SignalPlan.Condition] = []
    var selector = signal.selector
    while let current = selector {
      guard conditions.count < deepestNesting else { throw .nesting(deepest: deepestNesting) }
      guard let index = indices[current.signal] else { throw .multiplexor(current.signal) }
      let multiplexor = message.signals[index]
      guard
        let field = BitField(
          startBit: multiplexor.startBit, length: multiplexor.length,
          byteOrder: multiplexor.byteOrder, isSigned: false)
      else { throw .multiplexor(current.signal) }
      conditions.append(SignalPlan.Condition(field: field, values: current.values))
      selector = multiplexor.selector
    }
    return conditions
  }
}

/// Why a signal of a message that fits into a frame cannot be decoded.
enum SignalOmission: Error, Hashable, CustomStringConvertible {
  case outside
  case width(bits: Int)
  case nesting(deepest: Int)
  case multiplexor(String)

  /// The sentence without its subject.
  var description: String {
    switch self {
    case .outside: "is not within eight bytes"
    case .width(let bits): "is marked as IEEE 754, which has 32 or 64 bits, but has \(bits)"
    case .nesting(let deepest): "depends on itself, or on more than \(deepest) signals in a row"
    case .multiplexor(let name): "depends on '\(name)', which is not within eight bytes"
    }
  }
}
