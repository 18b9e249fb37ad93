/// A DBC file as it was written: everything it says, resolved but not compiled.
public struct DBCFile: Hashable, Sendable {
  /// The name under which the file was read, for messages.
  public var name: String
  public var version = ""
  public var nodes: [String] = []
  public var messages: [DBCMessage] = []
  /// Named value tables (`VAL_TABLE_`).
  public var valueTables: [String: [Int64: String]] = [:]
  /// The comment on the whole file.
  public var comment: String?
  /// Comments on nodes, by name.
  public var nodeComments: [String: String] = [:]
  public var attributeDefinitions: [String: DBCAttributeDefinition] = [:]
  /// Attributes of the file itself, without defaults; see ``attribute(_:)``.
  public var attributes: [String: DBCAttributeValue] = [:]
  /// Environment variables (`EV_`), by name; kept, not used.
  public var environmentVariables: [String] = []
  /// Signal groups (`SIG_GROUP_`), by name; kept, not used.
  public var signalGroups: [String: [String]] = [:]
  /// Statements that were read over, with how often each occurs: this reader has no use for them.
  ///
  /// A keyword such as `BO_TX_BU_`, or with what it is about, such as `BA_ BU_` and `CM_ EV_`.
  public var unusedStatements: [String: Int] = [:]
  /// References to messages or signals that the file does not have.
  public var danglingReferences: [DBCDanglingReference] = []
  /// What was left out because it cannot be.
  ///
  /// A malformed comment, a message whose number is no identifier, a signal past the end of its
  /// message: no reason to refuse the rest of a file, but its author wants to know.
  public var faults: [DBCError] = []

  public init(name: String) { self.name = name }

  /// An attribute of the file itself, or its default, or `nil` if the file does not define it.
  public func attribute(_ name: String) -> DBCAttributeValue? {
    attributes[name] ?? attributeDefinitions[name]?.defaultValue
  }

  /// An attribute of a message, or its default.
  public func attribute(_ name: String, of message: DBCMessage) -> DBCAttributeValue? {
    message.attributes[name] ?? attributeDefinitions[name]?.defaultValue
  }

  /// An attribute of a signal, or its default.
  public func attribute(_ name: String, of signal: DBCSignal) -> DBCAttributeValue? {
    signal.attributes[name] ?? attributeDefinitions[name]?.defaultValue
  }
}

/// A statement about something that the file does not have.
public struct DBCDanglingReference: Hashable, Sendable, CustomStringConvertible {
  /// The statement's keyword, such as `VAL_`.
  public var statement: String
  /// What it names, such as `message 849` or `signal 'Voltage' of message 854`.
  public var target: String
  public var location: SourceLocation

  public var description: String {
    "\(location): \(statement) names \(target), which this file does not have; it is ignored"
  }
}

/// An attribute's name, kind and default (`BA_DEF_`, `BA_DEF_DEF_`).
public struct DBCAttributeDefinition: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case integer
    case decimal
    case text
    /// The value is one of these; files store its index or its text.
    case choice([String])
  }

  public var kind: Kind
  public var defaultValue: DBCAttributeValue?
}

/// An attribute's value; a choice is given by its text.
public enum DBCAttributeValue: Hashable, Sendable {
  case integer(Int64)
  case decimal(ExactDecimal)
  case text(String)

  /// The value as text, whatever its kind.
  public var text: String {
    switch self {
    case .integer(let number): String(number)
    case .decimal(let number): number.description
    case .text(let text): text
    }
  }

  /// The value as a whole number, or `nil` if it is not one.
  public var integer: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }
}
