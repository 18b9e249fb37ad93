import BatteryModel
public import DBC

/// What is wrong with a Busbar attribute in a dialect's file.
public enum DialectError: Error, Hashable, Sendable {
  case unknownQuantity(String, suggestion: String?, signal: String, at: SourceLocation)
  case malformed(
    attribute: String, value: String, expected: String, signal: String, at: SourceLocation)
  case unknownSignal(String, attribute: String, signal: String, at: SourceLocation)
  case malformedIdentity(String, file: String)
}

extension DialectError: CustomStringConvertible {
  /// One line, whatever stands in the file: where, what is wrong, what was expected.
  public var description: String { text.onOneLine }

  private var text: String {
    switch self {
    case .unknownQuantity(let name, let suggestion, let signal, let location):
      "\(location): signal '\(signal)' has the quantity '\(name)', which does not exist"
        + (suggestion.map { "; did you mean '\($0)'?" } ?? "; see docs/dialects.md for the list")
    case .malformed(let attribute, let value, let expected, let signal, let location):
      "\(location): \(attribute) of signal '\(signal)' is '\(value)', expected \(expected)"
    case .unknownSignal(let name, let attribute, let signal, let location):
      "\(location): \(attribute) of signal '\(signal)' names '\(name)', "
        + "which is no signal of this message"
    case .malformedIdentity(let text, let file):
      "\(file): BusbarIdentity has '\(text)', expected quantity=pattern, such as manufacturer=REC-BMS"
    }
  }
}
