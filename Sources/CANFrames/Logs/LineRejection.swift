/// Why a line of a log is not a frame: what was expected, and where.
public struct LineRejection: Error, Hashable, Sendable {
  /// What should have stood there; the raw value is the words for it.
  public enum Reason: String, CaseIterable, Hashable, Sendable {
    case noFrame = "no CAN frame in this line"
    case identifier = "expected an identifier of 3 hex digits (at most 7FF) or 8 (at most 1FFFFFFF)"
    case length = "expected a length from 0 to 8 in brackets"
    case data = "expected two hex digits for each byte"
    case separatedData =
      "blanks between the bytes; expected them together, such as 356#320A00002701"
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
    case timeRange = "a time that is not between 1823 and 2116"
    case containerMethod = "a container that is compressed in an unknown way"
    case containerData = "a container whose compressed data are damaged"
    case containerSize = "a container that unpacks to more than it says"
    case compressionCut = "the compressed data end too early; what came before was read"
    case compressionDamaged = "the compressed data are damaged here; what came before was read"
    case compressionTrailer = "not compressed like the rest of the file; ignored from here on"
    // Text formats beside candump's.
    case seconds = "expected a time in seconds, such as 240.479115"
    case milliseconds = "expected a time in milliseconds, such as 1059.900"
    case microseconds = "expected a time in microseconds, such as 39747828"
    case date = "expected a date such as Fri Dec 27 03:34:56.916 am 2024"
    case plainLength = "expected a length from 0 to 8"
    case hexIdentifier = "expected an identifier in hex: at most 7FF, or 1FFFFFFF for 29 bits"
    case decimalData =
      "expected bytes as decimal numbers from 0 to 255, since the file says base dec"
    case busNumber = "expected the number of a bus, at most 255"
    case ascFrame = "expected a time and a frame, such as 0.010000 1 351 Rx d 2 1F 01"
    case ascIdentifier =
      "expected an identifier in the file's number base: at most 7FF, or with x behind it 1FFFFFFF"
    case ascKind = "expected d for data or r for a remote request"
    case trcFrame = "expected a number, a time and a frame, such as 1) 1059.9 Rx 0351 2 1F 01"
    case trcIdentifier =
      "expected an identifier of 4 hex digits (at most 07FF) or 8 (at most 1FFFFFFF)"
    case trcType = "expected the type of a line: DT, RR, ER, ST, EC or EV"
    case trcColumns = "expected letters for columns, such as N,O,T,B,I,d,R,L,D"
    case startTime = "expected days since 1899-12-30, such as 44548.6028595139"
    case gvretRow = "expected true or false in the column Extended"
    case pythonCANRow = "expected 0 or 1 in the columns extended, remote and error"
    case base64 = "expected at most eight bytes in base64"
    case cabanaRow = "expected the columns time, addr, bus and data"
    case cabanaAddress = "expected an address, decimal or in hex behind 0x, at most 0x1FFFFFFF"
  }

  public var reason: Reason
  /// The column where it goes wrong, counted in bytes from 1.
  public var column: Int

  public init(_ reason: Reason, column: Int) {
    self.reason = reason
    self.column = column
  }
}
