/// A value as a delta carries it; JSON has no other kinds that Signal K accepts.
enum SignalKValue: Hashable, Sendable {
  /// Finite: infinity and NaN are not JSON.
  case number(Double)
  case text(String)
  case flag(Bool)
  case notification(SignalKNotification)
  /// The path had a value, and has none any more.
  case null
}

/// The value of a path below `notifications.`.
struct SignalKNotification: Hashable, Sendable, Encodable {
  /// How serious it is; the raw values are words of the specification.
  enum State: String, Hashable, Sendable, Encodable {
    case normal
    case warn
    case alarm
  }

  var state: State
  var message: String

  /// How people shall be told.
  var method: [String] {
    switch state {
    case .normal: []
    case .warn: ["visual"]
    case .alarm: ["visual", "sound"]
    }
  }

  private enum Key: String, CodingKey {
    case state
    case method
    case message
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(state, forKey: .state)
    try container.encode(method, forKey: .method)
    try container.encode(message, forKey: .message)
  }
}

extension SignalKValue: Encodable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .flag(let flag): try container.encode(flag)
    case .notification(let notification): try container.encode(notification)
    case .null: try container.encodeNil()
    }
  }
}
