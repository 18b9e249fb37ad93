/// Why a line of a log is not a frame: what was expected, and where.
public struct LineRejection: Error, Hashable, Sendable {
  /// What should have stood there; the raw value is the words for it.
  public enum Reason: String, CaseIterable, Hashable, Sendable {
    case noFrame = "no CAN frame in this line"
    case identifier = "expected an identifier of 3 hex digits (at most 7FF) or 8 (at most 1FFFFFFF)"
    case length = "expected a length from 0 to 8 in brackets"
    case data = "expected two hex digits for each byte"
    case tooFewBytes = "fewer bytes than the length says: the line is cut"
    case tooManyBytes = "more bytes than the length says"
    case time = "expected a time such as (1735270496.916858)"
    case flexibleDataRate = "a CAN FD frame; only classic CAN is decoded"
    case extraLong = "a CAN XL frame; only classic CAN is decoded"
    case lineTooLong = "the line is longer than 65536 bytes"
    case notText = "not text: a binary file, or another encoding than UTF-8"
  }

  public var reason: Reason
  /// The column where it goes wrong, counted in bytes from 1.
  public var column: Int

  public init(_ reason: Reason, column: Int) {
    self.reason = reason
    self.column = column
  }
}
