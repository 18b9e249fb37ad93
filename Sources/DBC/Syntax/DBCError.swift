/// Why a DBC file was refused: one case for each thing its author can put right.
public enum DBCError: Error, Hashable, Sendable {
  /// Something else stands where the grammar asks for `expected`.
  case unexpected(found: String, expected: String, at: SourceLocation)
  /// A text has no closing quote; the location is that of the opening one.
  case unterminatedText(at: SourceLocation)
  /// No statement of the file is one of DBC's.
  case notDBC(file: String)
  /// A signal stands before the first message.
  case signalWithoutMessage(signal: String, at: SourceLocation)
  /// A signal reaches past the end of its message.
  case signalOutsideMessage(
    signal: String, message: String, lastBit: Int, messageBytes: Int, at: SourceLocation)
  /// Two messages have the same identifier.
  case duplicateMessage(message: String, first: String, identifier: String, at: SourceLocation)
  /// Two signals of a message have the same name.
  case duplicateSignal(signal: String, message: String, at: SourceLocation)
  /// A message's number is no CAN identifier.
  case impossibleIdentifier(number: UInt64, message: String, at: SourceLocation)
  /// A multiplexed signal stands in a message without a multiplexor.
  case missingMultiplexor(signal: String, message: String, at: SourceLocation)
  /// A signal depends on a signal that its message does not have (`SG_MUL_VAL_`).
  case unknownMultiplexor(String, signal: String, message: String, at: SourceLocation)
  /// A scale of zero makes every value the same.
  case zeroFactor(signal: String, at: SourceLocation)
}

extension DBCError: CustomStringConvertible {
  /// One line in the form compilers use, `file:line:column: what is wrong; what would be right`.
  public var description: String {
    switch self {
    case .unexpected(let found, let expected, let location):
      "\(location): found \(found), expected \(expected)"
    case .unterminatedText(let location):
      "\(location): the text that begins here has no closing quote"
    case .notDBC(let file):
      "\(file): not a DBC file: it has no message (no line begins with BO_)"
    case .signalWithoutMessage(let signal, let location):
      "\(location): signal '\(signal)' belongs to no message; put it below a BO_ line"
    case .signalOutsideMessage(let signal, let message, let lastBit, let messageBytes, let location):
      """
      \(location): signal '\(signal)' reaches bit \(lastBit), but message '\(message)' \
      has \(Self.size(messageBytes)); shorten the signal or lengthen the message
      """
    case .duplicateMessage(let message, let first, let identifier, let location):
      """
      \(location): message '\(message)' has the identifier \(identifier) of message '\(first)'; \
      remove one or give it another number
      """
    case .duplicateSignal(let signal, let message, let location):
      "\(location): message '\(message)' has a signal '\(signal)' already; rename one of them"
    case .impossibleIdentifier(let number, let message, let location):
      """
      \(location): message '\(message)' has the number \(number); expected at most 2047 (11 bits), \
      or 2147483648 plus at most 536870911 (29 bits)
      """ + (number < 1 << 29 ? "; write \(number + (1 << 31)) if it is one of 29 bits" : "")
    case .missingMultiplexor(let signal, let message, let location):
      """
      \(location): signal '\(signal)' is multiplexed, but message '\(message)' has no multiplexor; \
      mark one signal with M
      """
    case .unknownMultiplexor(let multiplexor, let signal, let message, let location):
      """
      \(location): signal '\(signal)' depends on '\(multiplexor)', \
      which is no signal of message '\(message)'; name one that is
      """
    case .zeroFactor(let signal, let location):
      "\(location): signal '\(signal)' has the factor 0; use 1 for a plain number"
    }
  }
}

extension DBCError {
  /// How long a message is, and which bits that gives it.
  private static func size(_ bytes: Int) -> String {
    switch bytes {
    case 0: "0 bytes"
    case 1: "1 byte (bits 0 to 7)"
    default: "\(bytes) bytes (bits 0 to \(bytes * 8 - 1))"
    }
  }
}
