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
    // Records of binary formats, and the compression around a log of any format.
    case fileHead = "not the head of a file in this format"
    case fileCut = "the file ends in the middle of a record"
    case damagedRecord = "damaged: no record begins where one is expected"
    case recordLength = "a record's length that cannot be"
    case packetCut = "the packet was cut short when it was captured"
    case linkType = "a packet of another kind of network than SocketCAN"
    case unknownInterface = "a packet of an interface that the file does not describe"
    case identifierBits = "more bits in the identifier than its format has"
    case payloadLength = "a classic CAN frame has 0 to 8 bytes"
    case timeRange = "a time that is not between 1677 and 2262"
    case containerMethod = "a container that is compressed in an unknown way"
    case containerData = "a container whose compressed data are damaged"
    case containerSize = "a container that unpacks to more than it says"
    case compressionCut = "the compressed data end too early; what came before was read"
    case compressionDamaged = "the compressed data are damaged here; what came before was read"
    case compressionTrailer = "not compressed like the rest of the file; ignored from here on"
  }

  public var reason: Reason
  /// The column where it goes wrong, counted in bytes from 1.
  public var column: Int

  public init(_ reason: Reason, column: Int) {
    self.reason = reason
    self.column = column
  }
}
