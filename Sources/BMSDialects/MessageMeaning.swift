import DBC

/// What a message is to the battery: who sends it, how often, how long.
public struct MessageMeaning: Hashable, Sendable {
  public enum Direction: String, Hashable, Sendable {
    /// The battery says it.
    case battery
    /// The inverter or another device says it to the battery.
    case inverter
  }

  /// How sure it is that a bus of this dialect has the message.
  public enum Presence: String, Hashable, Sendable {
    case required
    case usual
    case optional
  }

  public let direction: Direction
  public let presence: Presence
  /// Usual distance between two frames in milliseconds; 0 if it is not known.
  public let period: Int
  /// Lengths in bytes that were seen or documented.
  public let lengths: [Int]

  init(_ message: DBCMessage, of file: DBCFile) throws(DialectError) {
    func choice<Value: RawRepresentable<String>>(
      _ attribute: String, _ fallback: Value, _ expected: String
    ) throws(DialectError) -> Value {
      guard let text = file.attribute(attribute, of: message)?.text else { return fallback }
      guard let value = Value(rawValue: text) else {
        throw .malformed(
          attribute: attribute, value: text, expected: expected, signal: message.name,
          at: message.location)
      }
      return value
    }
    direction = try choice("BusbarDirection", .battery, "battery or inverter")
    presence = try choice("BusbarPresence", .usual, "required, usual or optional")
    period = file.attribute("GenMsgCycleTime", of: message)?.integer.map { Int($0) } ?? 0
    let lengths = (file.attribute("BusbarLengths", of: message)?.text ?? "").split(separator: " ")
      .compactMap { Int($0) }
    self.lengths = lengths.isEmpty ? [message.length] : lengths
  }
}
